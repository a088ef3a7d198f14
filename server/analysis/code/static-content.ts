// Static fields that are set once and changed inside: elements stored into them, mutators called on them.
import type { Operand, Operation } from './body.js';
import type { MethodNode } from './graph.js';
import { memberName, placeIn, type AssemblyCode, type FieldDef, type Place } from './model.js';
import { definitionOf } from './values.js';

export interface ContentChange {
  readonly field: FieldDef;
  /** `Namespace.Type::field`. */
  readonly name: string;
  readonly node: MethodNode;
  /** In words: `calls Add`. */
  readonly operation: string;
  readonly place: Place;
}

/** Of fields of its own that are `readonly`; what the type initialiser does is not told. */
export function contentChanges(
  code: AssemblyCode,
  isMutator: (type: string, member: string) => boolean,
): readonly ContentChange[] {
  const changes: ContentChange[] = [];
  for (const node of code.graph.nodes.values()) {
    if (node.method.name === '.cctor') continue;
    for (const { operations } of node.method.body?.blocks ?? []) {
      for (const operation of operations) {
        const changed = changedBy(operation, isMutator);
        const found = changed && staticField(node, changed.what);
        if (!found || !found.field.isInitOnly || found.field.compilerGenerated || found.type.compilerGenerated)
          continue;
        changes.push({
          field: found.field,
          name: memberName(found.type, found.field),
          node,
          operation: changed.how,
          place: placeIn(node.method, operation),
        });
      }
    }
  }
  return changes;
}

function changedBy(
  operation: Operation,
  isMutator: (type: string, member: string) => boolean,
): { readonly what: Operand; readonly how: string } | undefined {
  if (operation.kind === 'storeElement') return { what: operation.array, how: 'stores into an element' };
  if (operation.kind !== 'call' || !operation.instance) return undefined;
  const { type, name } = operation.method;
  return type.kind === 'named' && isMutator(type.name, name)
    ? { what: operation.instance, how: `calls ${name}` }
    : undefined;
}

/** The own static field an operand was just loaded from. */
function staticField(node: MethodNode, operand: Operand): { type: MethodNode['type']; field: FieldDef } | undefined {
  const load = throughLocal(node, operand);
  if (load?.kind !== 'loadField' || !load.field.definition?.field.isStatic) return undefined;
  return load.field.definition;
}

/** A local that is given a value once stands for it. */
function throughLocal(node: MethodNode, operand: Operand): Operation | undefined {
  if (operand.kind !== 'local') return definitionOf(node, operand);
  const [only, ...others] = node.definitions.locals.get(operand.index) ?? [];
  return only && others.length === 0 ? definitionOf(node, only) : undefined;
}
