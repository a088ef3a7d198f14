// A body as its values, each assigned once, and what is asked of them: `single-assignment.ts` makes it.
import type { End, Operand, Operation } from './body.js';
import type { MethodNode } from './graph.js';
import type { TypeRef } from './model.js';

/** What happens in a body, and which values it reads: those of `operandsOf`, `undefined` for constants and what is not followed. */
export interface Step {
  readonly block: number;
  /** In the order they come, within the block. */
  readonly place: number;
  readonly operation: Operation | End;
  readonly reads: readonly (number | undefined)[];
  /** The value of the temporary that the operation gives; of an assignment, and of a store through an address, that of the variable. */
  readonly gives?: number;
  /** Variables whose address is handed over, by operand: the value they have afterwards. */
  readonly writes: readonly { readonly operand: number; readonly value: number }[];
}

export interface Use {
  readonly step: Step;
  /** Into `operandsOf`. */
  readonly operand: number;
}

export interface FlowValue {
  readonly index: number;
  readonly definition:
    | { readonly kind: 'this' }
    | { readonly kind: 'parameter'; readonly index: number }
    | { readonly kind: 'operation'; readonly step: Step }
    /** Through its address, by a call. */
    | { readonly kind: 'written'; readonly step: Step; readonly operand: number; readonly before: number | undefined }
    | {
        readonly kind: 'join';
        readonly block: number;
        readonly from: { readonly value: number; readonly block: number }[];
      };
  readonly uses: readonly Use[];
  /** Joins it comes into. */
  readonly joins: readonly number[];
}

export interface ValueFlow {
  readonly node: MethodNode;
  readonly values: readonly FlowValue[];
  /** In the order of the code, blocks that cannot be reached left out. */
  readonly steps: readonly Step[];
  /** The value of `this`, and of each parameter, when the method begins. */
  readonly self: number;
  readonly parameters: readonly number[];
  /** Blocks control can come from, handlers aside. */
  readonly predecessors: readonly (readonly number[])[];
  /** Blocks in reverse postorder. */
  readonly order: readonly number[];
  /** What parameters by reference hold at each return. */
  readonly returned: readonly { readonly block: number; readonly parameter: number; readonly value: number }[];
}

/** Operands in the order of `Step.reads`: of a call the instance first. */
export function operandsOf(operation: Operation | End): readonly Operand[] {
  switch (operation.kind) {
    case 'call':
      return operation.instance ? [operation.instance, ...operation.arguments] : operation.arguments;
    case 'indirectCall':
      return operation.arguments;
    case 'loadField':
    case 'fieldAddress':
    case 'methodPointer':
      return operation.instance ? [operation.instance] : [];
    case 'storeField':
      return operation.instance ? [operation.value, operation.instance] : [operation.value];
    case 'loadElement':
    case 'elementAddress':
      return [operation.array, operation.index];
    case 'storeElement':
      return [operation.value, operation.array];
    case 'loadIndirect':
      return [operation.address];
    case 'storeIndirect':
      return operation.value ? [operation.value, operation.address] : [operation.address];
    case 'assign':
    case 'convert':
      return [operation.value];
    case 'compute':
      return operation.operands;
    case 'branch':
      return operation.right ? [operation.left, operation.right] : [operation.left];
    case 'return':
      return operation.value ? [operation.value] : [];
    case 'switch':
      return [operation.value];
    default:
      return [];
  }
}

const maximumCopies = 16;

/** The step that made a value, which assignments and conversions only hand on; undefined for what begins outside, and joins. */
export function stepBehind({ values }: ValueFlow, value: number | undefined): Step | undefined {
  let one = value;
  for (let copies = 0; one !== undefined && copies < maximumCopies; copies++) {
    const definition: FlowValue['definition'] | undefined = values[one]?.definition;
    if (definition?.kind !== 'operation') return undefined;
    const { operation, reads } = definition.step;
    if (operation.kind !== 'assign' && operation.kind !== 'convert') return definition.step;
    if (operation.value.kind === 'constant') return definition.step;
    one = reads[0];
  }
  return undefined;
}

/** As it is declared; undefined where that cannot be told. */
export function typeOfValue({ node, values }: ValueFlow, value: number): TypeRef | undefined {
  const definition = values[value]?.definition;
  if (!definition) return undefined;
  if (definition.kind === 'parameter') return node.method.parameters[definition.index]?.type;
  if (definition.kind !== 'operation') return undefined;
  const { operation } = definition.step;
  switch (operation.kind) {
    case 'call':
      return operation.dispatch === 'new' ? operation.method.type : operation.method.returns;
    case 'loadField':
      return operation.field.fieldType;
    case 'assign':
      return operation.target.kind === 'local' ? node.method.body?.locals[operation.target.index]?.type : undefined;
    case 'convert':
      return operation.how === 'box' ? undefined : operation.type;
    default:
      return undefined;
  }
}
