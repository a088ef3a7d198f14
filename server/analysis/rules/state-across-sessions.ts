import type { Operand, Operation } from '../code/body.js';
import { entryName, type EntryPoint } from '../code/entry-points.js';
import type { MethodNode } from '../code/graph.js';
import { placeIn, type FieldDef, type Place } from '../code/model.js';
import { mutableStaticFields } from '../code/registration.js';
import { readonlyContentChanges } from '../code/static-content.js';
import { valuesOf } from '../code/values.js';
import { isMutator } from '../knowledge/mutators.js';
import { whereOf } from '../project/proof.js';
import { routinesOf } from '../project/routine-reach.js';
import type { CodeRule } from './rule.js';

export const stateAcrossSessions: CodeRule = {
  name: 'state-across-sessions',
  summary: 'What one routine puts into a static field another reads, in whatever session it runs.',
  topic: 'application-domains',
  severity: 'warning',
  phase: 'review',
  cwe: [488],
  on: 'code',
  check(code, report, { requirements }) {
    const { graph } = code;
    const writes = new Map<FieldDef, Access[]>();
    const reads = new Map<FieldDef, Access[]>();
    const names = new Map(mutableStaticFields(code).map(({ field, name }) => [field, name]));
    for (const change of readonlyContentChanges(code, isMutator)) {
      names.set(change.field, change.name);
      if (given(change.operation).some((operand) => isData(change.node, operand)))
        listOf(writes, change.field).push(change);
    }
    for (const node of graph.nodes.values())
      for (const operation of node.method.body?.blocks.flatMap(({ operations }) => operations) ?? []) {
        const field = 'field' in operation ? operation.field?.definition?.field : undefined;
        if (!field || !names.has(field) || node.method.name === '.cctor') continue;
        if (operation.kind !== 'storeField') listOf(reads, field).push({ node, operation });
        else if (isData(node, operation.value)) listOf(writes, field).push({ node, operation });
      }
    if (writes.size === 0) return;
    const routines = routinesOf(code, requirements, isRoutine);
    for (const [field, writing] of writes) {
      // Who changes what it holds loads the field for that.
      const reading = (reads.get(field) ?? []).filter((read) => !writing.some(({ node }) => node === read.node));
      const pair = firstPair(writing, reading);
      if (!pair) continue;
      const { writer, reader, write, read } = pair;
      report(
        field.place,
        `${names.get(field) ?? field.name} is written by ${entryName(writer)} and read by ${entryName(reader)}, in whatever session they run`,
        { proof: [step(write, 'writes it'), step(read, 'reads it')] },
      );
    }

    function firstPair(writing: readonly Access[], reading: readonly Access[]): Pair | undefined {
      for (const { entry: writer, reached } of routines) {
        const write = writing.find(({ node }) => reached.has(node.method));
        if (!write) continue;
        for (const other of routines) {
          const read = reading.find(({ node }) => other.reached.has(node.method));
          if (read && other.entry !== writer) return { writer, reader: other.entry, write, read };
        }
      }
      return undefined;
    }

    /** Not the same for every session: constants, and what is made of constants alone. */
    function isData(node: MethodNode, operand: Operand, depth = 0): boolean {
      return valuesOf(graph, node, operand).some((value) => {
        if (value.kind === 'constant' || value.kind === 'type' || value.kind === 'method') return false;
        if (value.kind === 'array') return false;
        if (value.kind !== 'object') return true;
        return depth < maximumDepth && value.operation.arguments.some((one) => isData(value.node, one, depth + 1));
      });
    }
  },
};

const maximumDepth = 3;

interface Access {
  readonly node: MethodNode;
  readonly operation: Operation;
}

interface Pair {
  readonly writer: EntryPoint;
  readonly reader: EntryPoint;
  readonly write: Access;
  readonly read: Access;
}

function isRoutine({ kind }: EntryPoint): boolean {
  return kind === 'procedure' || kind === 'function' || kind === 'trigger' || kind === 'routine';
}

/** What an operation puts in. */
function given(operation: Operation): readonly Operand[] {
  if (operation.kind === 'call') return operation.arguments;
  return 'value' in operation && operation.value ? [operation.value] : [];
}

function step({ node, operation }: Access, does: string): { readonly place: Place; readonly message: string } {
  return { place: placeIn(node.method, operation), message: `${whereOf({ node, operation })} ${does}` };
}

function listOf<K, T>(map: Map<K, T[]>, key: K): T[] {
  let list = map.get(key);
  if (!list) map.set(key, (list = []));
  return list;
}
