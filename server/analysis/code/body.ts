// What a method does: basic blocks of operations in three-address form, with their protected regions.
// IL's evaluation stack and the expressions of a source both become temporaries; nothing here says which it was.
import type { FieldDef, MethodDef, TypeDef, TypeRef } from './model.js';

export interface Body {
  /** In the order of the code; the first is the entry. */
  readonly blocks: readonly Block[];
  /** Inner before outer (ECMA-335 II.25.4.6). */
  readonly regions: readonly Region[];
  readonly locals: readonly Local[];
  /** How many temporaries there are: their indexes are below it. */
  readonly temporaries: number;
  /** Of an iterator and an async method: what it does is done later, if at all. */
  readonly isDeferred?: boolean;
  /** What could not be told: operations behind it are missing. */
  readonly unknown: readonly { readonly at: number; readonly message: string }[];
}

export interface Local {
  readonly type: TypeRef;
  readonly name?: string;
}

export interface Block {
  readonly index: number;
  readonly operations: readonly Operation[];
  readonly end: End;
}

/** `catch` has a type, `filter` the block where the filter begins; blocks are ranges, the end is not in them. */
export interface Region {
  readonly kind: 'catch' | 'filter' | 'finally' | 'fault';
  readonly tried: BlockRange;
  readonly handler: BlockRange;
  readonly filter?: number;
  readonly type?: TypeRef;
  /** The temporary that holds the exception in the handler, and in the filter. */
  readonly exception?: number;
}

export interface BlockRange {
  readonly first: number;
  readonly end: number;
}

export type Operand =
  | { readonly kind: 'this' }
  /** Of `MethodDef.parameters`: `this` is not counted. */
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'local'; readonly index: number }
  /** Given its value once, but where control flow meets with something on the stack. */
  | { readonly kind: 'temporary'; readonly index: number }
  | { readonly kind: 'constant'; readonly value: ConstantValue };

/** Booleans are the numbers IL has for them; `null` is the null reference. */
export type ConstantValue = string | number | bigint | null;

/** A method as an operation names it. */
export interface MethodRef {
  /** The type that declares it, as the reference says. */
  readonly type: TypeRef;
  readonly name: string;
  readonly isStatic: boolean;
  readonly parameters: readonly TypeRef[];
  readonly returns: TypeRef;
  /** Of a generic method. */
  readonly arguments: readonly TypeRef[];
  /** Where it is the assembly's own. */
  readonly definition?: OwnMethod;
}

export interface OwnMethod {
  readonly type: TypeDef;
  readonly method: MethodDef;
}

export interface FieldRef {
  readonly type: TypeRef;
  readonly name: string;
  readonly fieldType: TypeRef;
  readonly definition?: { readonly type: TypeDef; readonly field: FieldDef };
}

/** `at`: where it stands. In an image the IL offset; in a source the UTF-16 offset, and `end` behind it. */
interface Placed {
  readonly at: number;
  readonly end?: number;
}

/** `instance` is what it is called on; a `new` has none, and its result is the object. */
export interface Call extends Placed {
  readonly kind: 'call';
  readonly dispatch: 'direct' | 'virtual' | 'new';
  readonly method: MethodRef;
  /** The type that a type parameter is called as (`constrained.`). */
  readonly constrained: TypeRef | undefined;
  readonly instance: Operand | undefined;
  readonly arguments: readonly Operand[];
  readonly result: number | undefined;
}

/** Through a pointer (`calli`). */
export interface IndirectCall extends Placed {
  readonly kind: 'indirectCall';
  readonly pointer: Operand;
  readonly arguments: readonly Operand[];
  readonly result?: number;
}

/** A method as a value: what a delegate is made of (`ldftn`, `ldvirtftn`; a method group in a source). */
export interface MethodPointer extends Placed {
  readonly kind: 'methodPointer';
  readonly method: MethodRef;
  readonly isVirtual: boolean;
  readonly instance: Operand | undefined;
  readonly result: number;
}

export interface FieldAccess extends Placed {
  readonly kind: 'loadField' | 'fieldAddress';
  readonly field: FieldRef;
  readonly instance: Operand | undefined;
  readonly result: number;
}

export interface StoreField extends Placed {
  readonly kind: 'storeField';
  readonly field: FieldRef;
  readonly instance: Operand | undefined;
  readonly value: Operand;
}

export interface ElementAccess extends Placed {
  readonly kind: 'loadElement' | 'elementAddress';
  readonly array: Operand;
  readonly index: Operand;
  readonly result: number;
}

export interface StoreElement extends Placed {
  readonly kind: 'storeElement';
  readonly array: Operand;
  readonly index: Operand;
  readonly value: Operand;
}

export interface LoadIndirect extends Placed {
  readonly kind: 'loadIndirect';
  readonly address: Operand;
  readonly result: number;
}

export interface StoreIndirect extends Placed {
  readonly kind: 'storeIndirect';
  readonly address: Operand;
  /** Left out where all of it becomes zero (`initobj`). */
  readonly value?: Operand;
  /** Of an `initobj`. */
  readonly type?: TypeRef;
}

export interface AddressOf extends Placed {
  readonly kind: 'addressOf';
  readonly variable: Operand;
  readonly result: number;
}

export interface Assign extends Placed {
  readonly kind: 'assign';
  readonly target: Operand;
  readonly value: Operand;
}

/** `number`: between the types of numbers; the others change how an object is seen, and `type` says as what. */
export interface Convert extends Placed {
  readonly kind: 'convert';
  readonly how: 'cast' | 'isInstance' | 'box' | 'unbox' | 'number';
  readonly type?: TypeRef;
  readonly value: Operand;
  readonly result: number;
}

/** Arithmetic and comparison; `operator` is the first part of the IL mnemonic: `add`, `ceq`, `shr`, `ldlen`, `sizeof`. */
export interface Compute extends Placed {
  readonly kind: 'compute';
  readonly operator: string;
  readonly operands: readonly Operand[];
  readonly result: number;
}

export interface NewArray extends Placed {
  readonly kind: 'newArray';
  readonly element: TypeRef;
  readonly length: Operand;
  readonly result: number;
}

/** `typeof`, and the handles of members and of the data of array initialisers (`ldtoken`). */
export interface LoadToken extends Placed {
  readonly kind: 'token';
  readonly type?: TypeRef;
  readonly method?: MethodRef;
  readonly field?: FieldRef;
  readonly result: number;
}

/** What only unsafe code does: `localloc`, `cpblk`, `initblk`, and what makes typed references. */
export interface RawMemory extends Placed {
  readonly kind: 'rawMemory';
  readonly operator: string;
  readonly operands: readonly Operand[];
  readonly result?: number;
}

/** `yield return` in a source: the iterator hands on a value and goes on when it is asked for the next. */
export interface Yield extends Placed {
  readonly kind: 'yield';
  readonly value: Operand;
}

export type Operation =
  | Call
  | IndirectCall
  | MethodPointer
  | FieldAccess
  | StoreField
  | ElementAccess
  | StoreElement
  | LoadIndirect
  | StoreIndirect
  | AddressOf
  | Assign
  | Convert
  | Compute
  | NewArray
  | LoadToken
  | RawMemory
  | Yield;

/** How a block ends. Targets are block indexes. `leave` runs the finally handlers on its way. */
export type End = Placed &
  (
    | { readonly kind: 'jump' | 'leave'; readonly to: number }
    /** `eq`, `ne`, `lt`, `le`, `gt`, `ge`; without operator: where the left operand is neither zero nor null. */
    | {
        readonly kind: 'branch';
        readonly operator: string | undefined;
        readonly left: Operand;
        readonly right: Operand | undefined;
        readonly then: number;
        readonly otherwise: number;
      }
    | {
        readonly kind: 'switch';
        readonly value: Operand;
        readonly cases: readonly number[];
        readonly otherwise: number;
      }
    | { readonly kind: 'return'; readonly value: Operand | undefined }
    | { readonly kind: 'throw'; readonly value: Operand }
    | { readonly kind: 'rethrow' | 'endFinally' }
    | { readonly kind: 'endFilter'; readonly value: Operand }
    /** The code ends, or what follows could not be read. */
    | { readonly kind: 'stop' }
  );

/** The blocks control can go to from here, handlers left aside. */
export function successorsOf(end: End): readonly number[] {
  switch (end.kind) {
    case 'jump':
    case 'leave':
      return [end.to];
    case 'branch':
      return [end.then, end.otherwise];
    case 'switch':
      return [...end.cases, end.otherwise];
    default:
      return [];
  }
}
