// Types and members as names resolve to them, whether a source declares them or the framework has them.
import type { ConstantValue } from '../code/body.js';
import type { Place, TypeRef } from '../code/model.js';
import type {
  Accessor,
  AttributeSection,
  BodyNode,
  Expression,
  Member,
  Modifier,
  Parameter,
  TypeName,
  TypeParameter,
  UsingDirective,
} from './nodes.js';

export type NamedType = Extract<TypeRef, { kind: 'named' }> & {
  /** Of a tuple: what its source calls the elements. */
  readonly elementNames?: readonly (string | undefined)[];
  /** Of `dynamic`, which is `object` with calls that are looked up when they run. */
  readonly isDynamic?: boolean;
};

/** A type parameter, with what its declaration asks of it. */
export type ParameterType = Extract<TypeRef, { kind: 'typeParameter' | 'methodParameter' }> & {
  readonly declared?: { readonly constraints: readonly TypeName[]; readonly context: Context };
};

export const unknownType: TypeRef = { kind: 'unknown' };

/** A type of mscorlib. */
export function systemType(name: string, ...given: readonly TypeRef[]): NamedType {
  return { kind: 'named', name: `System.${name}`, assembly: 'mscorlib', arguments: given };
}

/** Where a name stands: what it can see. */
export interface Context {
  readonly uri: string;
  /** `A.B` of what lies in `namespace A.B`; empty for the global one. */
  readonly namespace: string;
  readonly usings: readonly UsingDirective[];
  /** Of conditional compilation, where the file has its own. */
  readonly symbols?: ReadonlySet<string>;
  /** The innermost type around. */
  readonly type?: DeclaredType;
  /** Of the method around. */
  readonly methodParameters?: readonly TypeParameter[];
}

export function sourcePlace({ uri }: Context, span: { readonly start: number; readonly end: number }): Place {
  return { kind: 'source', uri, span };
}

/** As metadata has it: `private protected` is seen by no other assembly. */
export function isProtected(modifiers: readonly Modifier[]): boolean {
  return modifiers.includes('protected') && !modifiers.includes('private');
}

export type TypeKind = 'class' | 'struct' | 'interface' | 'enum' | 'delegate';

/** A type of the sources, all its partial declarations together. */
export interface DeclaredType {
  /** Metadata name: `A.B+C`1`. */
  readonly name: string;
  readonly kind: TypeKind;
  readonly outer: DeclaredType | undefined;
  readonly typeParameters: readonly TypeParameter[];
  readonly parts: readonly DeclaredPart[];
  readonly nested: Map<string, DeclaredType>;
}

/** One declaration of a type, in one file. */
export interface DeclaredPart {
  readonly context: Context;
  readonly span: { readonly start: number; readonly end: number };
  readonly nameSpan: { readonly start: number; readonly end: number };
  readonly modifiers: readonly Modifier[];
  readonly attributes: readonly AttributeSection[];
  readonly bases: readonly TypeName[];
  readonly members: readonly Member[];
  /** Of an enumeration. */
  readonly enumMembers: readonly {
    readonly name: string;
    readonly value?: Expression;
    readonly span: { readonly start: number; readonly end: number };
  }[];
  /** Of a delegate. */
  readonly delegate?: { readonly returns: TypeName; readonly parameters: readonly Parameter[] };
  /** Of a primary constructor. */
  readonly parameters?: readonly Parameter[];
}

export interface ParameterSymbol {
  readonly name: string;
  /** `byReference` for `ref`, `out`, `in`. */
  readonly type: TypeRef;
  readonly isOut: boolean;
  readonly isOptional: boolean;
}

export interface MemberSymbol {
  readonly kind: 'method' | 'constructor' | 'field' | 'property' | 'event';
  /** Metadata name; of a property or an event its own: `Length`, `Item`. */
  readonly name: string;
  /** The type that declares it, its own parameters as arguments where it is generic. */
  readonly declaring: NamedType;
  readonly isStatic: boolean;
  readonly isVirtual: boolean;
  /** Takes the place of what a base declares: a reference names the base's. */
  readonly isOverride: boolean;
  readonly isExtension: boolean;
  readonly hasParams: boolean;
  /** Number of type parameters of a generic method. */
  readonly arity: number;
  /** Of an indexer too. */
  readonly parameters: readonly ParameterSymbol[];
  /** Of a field, a property, an event its type. */
  readonly type: TypeRef;
  readonly hasGetter: boolean;
  readonly hasSetter: boolean;
  readonly constant?: ConstantValue;
  readonly source?: SourceMember;
}

/** What a source says of a member. */
export interface SourceMember {
  readonly context: Context;
  readonly modifiers: readonly Modifier[];
  readonly attributes: readonly AttributeSection[];
  readonly span: { readonly start: number; readonly end: number };
  readonly nameSpan: { readonly start: number; readonly end: number };
  readonly parameters: readonly Parameter[];
  readonly typeParameters: readonly TypeParameter[];
  readonly body?: BodyNode;
  readonly accessors: readonly Accessor[];
  /** `=> value` of a property; the value of a field, or of an automatic property. */
  readonly value?: Expression;
  readonly initializer?: Expression;
  readonly explicitInterface?: TypeName;
  readonly constructorInitializer?: Extract<Member, { kind: 'constructor' }>['initializer'];
  readonly isEventField: boolean;
}
