// Strings that code puts together, as far as they stand in it: `"SELECT … '" + name + "'"` is a text with a hole.
import type { Call, Operand } from './body.js';
import type { CodeGraph, MethodNode } from './graph.js';
import { callsIn } from './objects.js';
import { valuesOf, type Value } from './values.js';

/** Stands in a text for what is not known (U+FFFC, the object replacement character). */
export const hole = '\uFFFC';

const maximumTexts = 8;
const maximumDepth = 6;
/** Operands looked at for one text: where a variable is put together from itself in many places, all ways through them are too many. */
const maximumOperands = 100;

/** Texts an operand can be; what can be anything adds none. */
export function textsOf(graph: CodeGraph, node: MethodNode, operand: Operand): readonly string[] {
  return new Writer(graph).texts(node, operand, 0);
}

class Writer {
  readonly #graph: CodeGraph;
  readonly #open = new Set<Call>();
  #left = maximumOperands;

  constructor(graph: CodeGraph) {
    this.#graph = graph;
  }

  texts(node: MethodNode, operand: Operand, depth: number): readonly string[] {
    if (--this.#left < 0) return [];
    const texts = valuesOf(this.#graph, node, operand).flatMap((value) => this.#ofValue(value, depth));
    return [...new Set(texts)].slice(0, maximumTexts);
  }

  #ofValue(value: Value, depth: number): readonly string[] {
    if (value.kind === 'constant') return typeof value.value === 'string' ? [value.value] : [];
    if (value.kind !== 'result' || depth > maximumDepth || this.#open.has(value.operation)) return [];
    const { node, operation } = value;
    const { type, name } = operation.method;
    const owner = type.kind === 'named' ? type.name : '';
    this.#open.add(operation);
    const texts =
      owner === 'System.String' && name === 'Concat'
        ? this.#joined(node, partsOf(node, operation.arguments), depth)
        : owner === 'System.String' && name === 'Format'
          ? this.#formatted(node, operation, depth)
          : name === 'ToString' && operation.instance
            ? this.#built(node, operation.instance, depth)
            : [];
    this.#open.delete(operation);
    return texts;
  }

  #joined(node: MethodNode, parts: readonly Operand[], depth: number): readonly string[] {
    let texts: readonly string[] = [''];
    for (const part of parts) {
      const found = this.texts(node, part, depth + 1);
      const choices = found.length > 0 ? found : [hole];
      texts = texts.flatMap((text) => choices.map((choice) => text + choice)).slice(0, maximumTexts);
    }
    // Nothing of it stands in the code.
    return texts.filter((text) => text.replaceAll(hole, '') !== '');
  }

  /** `{0}` and its like become what is surely given for them, or stay. */
  #formatted(node: MethodNode, { method, arguments: given }: Call, depth: number): readonly string[] {
    const at = method.parameters.findIndex((type) => type.kind === 'named' && type.name === 'System.String');
    const format = given[at];
    if (!format) return [];
    const parts = partsOf(node, given.slice(at + 1)).map((part) => {
      const [text, ...others] = this.texts(node, part, depth + 1);
      return others.length === 0 ? text : undefined;
    });
    return this.texts(node, format, depth + 1).map((text) =>
      text.replace(/\{(\d+)\}/g, (item, index: string) => parts[Number(index)] ?? item),
    );
  }

  /** What is appended to a StringBuilder in one method, in the order of the code. */
  #built(node: MethodNode, builder: Operand, depth: number): readonly string[] {
    const [maker, ...others] = this.#builders(node, builder, 0);
    if (!maker || others.length > 0) return [];
    const appended = callsIn([node], appenders).filter(
      ({ call }) => call.instance && this.#builders(node, call.instance, 0).includes(maker),
    );
    const calls = [maker, ...appended.map(({ call }) => call)];
    const parts = calls.flatMap((call) => {
      const at = call.method.parameters.findIndex((type) => type.kind === 'named' && type.name === 'System.String');
      return call.arguments[at] ?? (call === maker ? [] : call.arguments.slice(0, 1));
    });
    return this.#joined(node, parts, depth);
  }

  /** The `new` behind a StringBuilder: `Append` and its like give back what they are called on. */
  #builders(node: MethodNode, operand: Operand, depth: number): readonly Call[] {
    if (depth > maximumAppended) return [];
    return valuesOf(this.#graph, node, operand).flatMap((value) => {
      if (value.kind !== 'object' && value.kind !== 'result') return [];
      const { type } = value.operation.method;
      if (type.kind !== 'named' || type.name !== 'System.Text.StringBuilder') return [];
      if (value.kind === 'object') return [value.operation];
      const { instance } = value.operation;
      return instance ? this.#builders(value.node, instance, depth + 1) : [];
    });
  }
}

const appenders: readonly string[] = ['Append', 'AppendFormat', 'AppendLine'];
const maximumAppended = 64;

/** Of `Concat(String[])` the elements, in the order they are stored. */
function partsOf(node: MethodNode, given: readonly Operand[]): readonly Operand[] {
  const [only, ...others] = given;
  if (only?.kind !== 'temporary' || others.length > 0) return given;
  const stored = (node.method.body?.blocks ?? []).flatMap(({ operations }) =>
    operations.flatMap((operation) =>
      operation.kind === 'storeElement' &&
      operation.array.kind === 'temporary' &&
      operation.array.index === only.index &&
      operation.index.kind === 'constant'
        ? [{ index: Number(operation.index.value), value: operation.value }]
        : [],
    ),
  );
  return stored.length === 0 ? given : stored.sort((a, b) => a.index - b.index).map(({ value }) => value);
}
