// What no verifier accepts in a method (ECMA-335 III.1.8): access through unmanaged pointers, calls through pointers,
// blocks of raw memory. That nothing is found says nothing of the rest: a verifier looks at every type on the stack.
import type { FieldRef, Operand, Operation } from './body.js';
import { variableKey } from './definitions.js';
import type { MethodNode } from './graph.js';
import type { MethodDef, TypeDef, TypeRef } from './model.js';

export interface Unverifiable {
  /** In words: `reads through a pointer`. */
  readonly cause: string;
  readonly operation: Operation;
}

export function unverifiableIn(node: MethodNode): readonly Unverifiable[] {
  const found: Unverifiable[] = [];
  for (const { operations } of node.method.body?.blocks ?? []) {
    for (const operation of operations) {
      const cause = causeOf(node, operation);
      if (cause) found.push({ cause, operation });
    }
  }
  return found;
}

const rawMemory: Readonly<Record<string, string>> = {
  localloc: 'takes memory from the stack (localloc)',
  cpblk: 'copies a block of memory (cpblk)',
  initblk: 'fills a block of memory (initblk)',
  jmp: 'jumps into another method (jmp)',
};

function causeOf(node: MethodNode, operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'indirectCall':
      return 'calls through a pointer (calli)';
    case 'rawMemory':
      return rawMemory[operation.operator];
    case 'loadIndirect':
      return isUnmanaged(node, operation.address) ? 'reads through a pointer' : undefined;
    case 'storeIndirect':
      return isUnmanaged(node, operation.address) ? 'writes through a pointer' : undefined;
    case 'fieldAddress':
      return isKept(node, operation.field)
        ? `takes the address of ${operation.field.name}, which is readonly, outside of its constructor`
        : undefined;
    case 'storeField':
      return isKept(node, operation.field)
        ? `sets ${operation.field.name}, which is readonly, outside of its constructor`
        : undefined;
    default:
      return undefined;
  }
}

/** Readonly, and not in the constructor that may change it (ECMA-335 II.16.1.2): "Cannot change initonly field". */
function isKept({ type, method }: MethodNode, { definition }: FieldRef): boolean {
  if (!definition?.field.isInitOnly || definition.field.place.kind !== 'image') return false;
  return definition.type !== type || method.name !== (definition.field.isStatic ? '.cctor' : '.ctor');
}

/** Whether an address is surely none that the garbage collector knows. */
function isUnmanaged(node: MethodNode, address: Operand, seen: ReadonlySet<string> = new Set()): boolean {
  switch (address.kind) {
    case 'constant':
      return true;
    case 'this':
      return false;
    case 'parameter':
      return isPointer(node.method.parameters[address.index]?.type);
    case 'local':
      return isPointer(node.method.body?.locals[address.index]?.type);
    case 'temporary': {
      const key = variableKey(address);
      const operations = node.definitions.temporaries.get(address.index) ?? [];
      if (operations.length === 0 || seen.has(key)) return false;
      const deeper = new Set([...seen, key]);
      return operations.every((operation) => givesPointer(node, operation, deeper));
    }
  }
}

function givesPointer(node: MethodNode, operation: Operation, seen: ReadonlySet<string>): boolean {
  switch (operation.kind) {
    case 'assign':
      return isUnmanaged(node, operation.value, seen);
    case 'loadField':
      return isPointer(operation.field.fieldType);
    case 'call':
      return operation.dispatch !== 'new' && isPointer(operation.method.returns);
    case 'rawMemory':
      return operation.operator === 'localloc';
    case 'convert':
      return operation.how === 'number';
    case 'compute':
      return true;
    default:
      return false;
  }
}

function isPointer(type: TypeRef | undefined): boolean {
  if (type?.kind === 'pointer' || type?.kind === 'functionPointer') return true;
  return type?.kind === 'named' && (type.name === 'System.IntPtr' || type.name === 'System.UIntPtr');
}

/** Fields of a type with explicit layout where a reference lies over something else (ECMA-335 II.22.8). */
export function overlappingReferences(type: TypeDef): readonly (readonly [string, string])[] {
  if (type.layout !== 'explicit') return [];
  const placed = type.fields.filter((field) => !field.isStatic && field.offset !== undefined);
  return placed.flatMap((reference) => {
    if (!isReference(reference.type)) return [];
    const over = placed.find((field) => field.offset === reference.offset && !isReference(field.type));
    return over ? [[reference.name, over.name] as const] : [];
  });
}

/** Certainly a reference: of other named types the name does not tell. */
function isReference(type: TypeRef): boolean {
  return (
    type.kind === 'array' || (type.kind === 'named' && (type.name === 'System.String' || type.name === 'System.Object'))
  );
}

/** Marked by the compiler as code that no verifier accepts (`unsafe` in C#). */
export function isMarkedUnverifiable(attributes: MethodDef['attributes']): boolean {
  return attributes.some(({ type }) => type === 'System.Security.UnverifiableCodeAttribute');
}
