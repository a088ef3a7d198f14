// Managed code, whatever it was read from, in ECMA-335 terms. Rules about code ask this model and nothing behind it.
// Names are metadata names: nested types with `+`, arity with a backtick, `.ctor`, `get_X`.
import type { Span } from '../text/span.js';
import type { Body, ConstantValue } from './body.js';
import type { CodeGraph } from './graph.js';
import type { Change, SourceEdit } from './remedy.js';

/** Where something stands: in a source file, or in an image by metadata token and IL offset. */
export type Place =
  | { readonly kind: 'source'; readonly uri: string; readonly span: Span }
  | { readonly kind: 'image'; readonly token: number; readonly ilOffset?: number };

export interface AssemblyIdentity {
  readonly name: string;
  /** `1.2.3.4`. */
  readonly version: string;
  /** Empty for the neutral culture. */
  readonly culture: string;
  /** 16 lower-case digits; undefined for an assembly without a strong name. */
  readonly publicKeyToken?: string;
}

export interface AssemblyCode {
  readonly origin: 'source' | 'image';
  readonly identity: AssemblyIdentity;
  readonly references: readonly AssemblyIdentity[];
  readonly attributes: readonly CustomAttribute[];
  readonly moduleAttributes: readonly CustomAttribute[];
  readonly types: readonly TypeDef[];
  readonly strongName: StrongName;
  readonly security: readonly SecurityDeclaration[];
  /** What calls what. Made when it is first asked for: it reads every body. */
  readonly graph: CodeGraph;
  /** Of sources: the edits that make the changes; undefined where one of them is not certain. */
  readonly mend?: (changes: readonly Change[]) => readonly SourceEdit[] | undefined;
}

/** Declarative security (DeclSecurity): what an assembly, type or method demands, asserts or asks for. */
export interface SecurityDeclaration {
  readonly action: SecurityAction;
  /** The permission attributes, as the source wrote them; empty where only the old XML form stands there. */
  readonly permissions: readonly CustomAttribute[];
  readonly place: Place;
}

export type SecurityAction =
  | 'Demand'
  | 'Assert'
  | 'Deny'
  | 'PermitOnly'
  | 'LinkDemand'
  | 'InheritanceDemand'
  | 'RequestMinimum'
  | 'RequestOptional'
  | 'RequestRefuse'
  | 'unknown';

/**
 * `signed`: a signature stands in the image (whether it is right, only its key's owner can tell);
 * `delay-signed`: a public key and room for a signature, all zero; `public-signed`: marked signed without one;
 * `unsigned`: no public key.
 */
export type StrongName = 'signed' | 'delay-signed' | 'public-signed' | 'unsigned';

export interface CustomAttribute {
  /** Full name of the attribute's type: `Microsoft.SqlServer.Server.SqlProcedureAttribute`; empty where it does not resolve. */
  readonly type: string;
  readonly arguments: readonly AttributeValue[];
  readonly named: readonly { readonly name: string; readonly value: AttributeValue }[];
  /** In a source: of each of `arguments`, and behind them of each of `named`. */
  readonly argumentPlaces?: readonly Place[];
  readonly place: Place;
}

/** `unknown` where the value's type could not be told (an enumeration of another assembly with a rare width, say). */
export type AttributeValue =
  | { readonly kind: 'string'; readonly value: string | undefined }
  | { readonly kind: 'number'; readonly value: number | bigint }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'type'; readonly value: string }
  | { readonly kind: 'array'; readonly value: readonly AttributeValue[] }
  | { readonly kind: 'unknown' };

export interface TypeDef {
  /** `Namespace.Outer+Inner`1`. */
  readonly name: string;
  readonly kind: 'class' | 'struct' | 'interface' | 'enum' | 'delegate';
  /** Nested types count as public only where every enclosing type is. */
  readonly isPublic: boolean;
  readonly isAbstract: boolean;
  readonly isSealed: boolean;
  readonly isGeneric: boolean;
  readonly base?: TypeRef | undefined;
  readonly interfaces: readonly TypeRef[];
  readonly attributes: readonly CustomAttribute[];
  readonly fields: readonly FieldDef[];
  readonly methods: readonly MethodDef[];
  readonly properties: readonly PropertyDef[];
  /** Made by the compiler: CompilerGeneratedAttribute, or a name no source can have. */
  readonly compilerGenerated: boolean;
  readonly layout: 'auto' | 'sequential' | 'explicit';
  readonly security: readonly SecurityDeclaration[];
  readonly place: Place;
}

/**
 * A type as a signature names it. `assembly` is the simple name of the referenced assembly, `mscorlib` for the types with
 * a keyword; it is left out for the assembly's own types.
 */
export type TypeRef =
  | {
      readonly kind: 'named';
      readonly name: string;
      readonly assembly?: string;
      readonly arguments: readonly TypeRef[];
    }
  | { readonly kind: 'array'; readonly element: TypeRef; readonly rank: number }
  | { readonly kind: 'pointer' | 'byReference'; readonly element: TypeRef }
  | { readonly kind: 'typeParameter' | 'methodParameter'; readonly index: number }
  | { readonly kind: 'functionPointer' }
  | { readonly kind: 'unknown' };

export interface FieldDef {
  readonly name: string;
  readonly type: TypeRef;
  readonly isStatic: boolean;
  /** `readonly` (initonly). */
  readonly isInitOnly: boolean;
  /** `const` (literal). */
  readonly isLiteral: boolean;
  readonly isPublic: boolean;
  /** What derives from the type in another assembly sees it (family, family or assembly). */
  readonly isProtected: boolean;
  readonly attributes: readonly CustomAttribute[];
  readonly compilerGenerated: boolean;
  /** Of a `const`: of an enumeration or a character the number. Undefined where there is none or it cannot be told. */
  readonly constant?: ConstantValue | undefined;
  /** Its first value lies in the image as bytes (FieldRVA): the data of an array initialiser. */
  readonly hasData: boolean;
  /** `[NonSerialized]`. */
  readonly isNotSerialized?: boolean;
  /** `[MarshalAs]`. */
  readonly isMarshalled?: boolean;
  /** Bytes from the start of a type of explicit layout. */
  readonly offset?: number | undefined;
  readonly place: Place;
}

export interface PropertyDef {
  readonly name: string;
  readonly type: TypeRef;
  readonly getter?: string | undefined;
  readonly setter?: string | undefined;
  readonly attributes: readonly CustomAttribute[];
  /** Of its name, in a source. */
  readonly place?: Place;
}

export interface MethodDef {
  readonly name: string;
  readonly isStatic: boolean;
  readonly isPublic: boolean;
  /** What derives from the type in another assembly sees it (family, family or assembly). */
  readonly isProtected: boolean;
  readonly isAbstract: boolean;
  readonly isVirtual: boolean;
  /** A virtual method that begins a slot of its own, and overrides nothing of its base. */
  readonly isNewSlot: boolean;
  /** What it implements by name (MethodImpl): `IDisposable.Dispose` in a source. */
  readonly overrides: readonly { readonly type: TypeRef; readonly name: string }[];
  /** Number of type parameters. */
  readonly arity: number;
  readonly isVarArg: boolean;
  readonly returns: TypeRef;
  readonly returnAttributes: readonly CustomAttribute[];
  readonly parameters: readonly ParameterDef[];
  readonly attributes: readonly CustomAttribute[];
  readonly compilerGenerated: boolean;
  /** P/Invoke: the ImplMap row. */
  readonly import?: { readonly library: string; readonly name: string } | undefined;
  /** What MethodImplAttributes say besides IL. */
  readonly implementation: 'il' | 'native' | 'unmanaged' | 'runtime' | 'internalCall';
  readonly isSynchronized: boolean;
  readonly security: readonly SecurityDeclaration[];
  /** What it does; undefined where there is nothing to run (abstract, native). Read when it is first asked for. */
  readonly body?: Body | undefined;
  readonly place: Place;
}

export interface ParameterDef {
  readonly name: string;
  readonly type: TypeRef;
  readonly isOut: boolean;
  readonly isOptional: boolean;
  readonly attributes: readonly CustomAttribute[];
  /** Of its name, in a source. */
  readonly place?: Place;
}

/** `Namespace.Type::Name`. */
export function memberName(type: TypeDef, member: { readonly name: string }): string {
  return `${type.name}::${member.name}`;
}

/** Where an operation of a method stands. */
export function placeIn(method: MethodDef, { at, end }: { readonly at: number; readonly end?: number }): Place {
  if (method.place.kind === 'image') return { kind: 'image', token: method.place.token, ilOffset: at };
  return { kind: 'source', uri: method.place.uri, span: { start: at, end: end ?? at } };
}

export function isVoid(type: TypeRef): boolean {
  return type.kind === 'named' && type.name === 'System.Void';
}
