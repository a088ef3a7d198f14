// What the binder knows of the .NET Framework's types and members. A host gives the table once, with the grammar.
import type { TypeRef } from '../code/model.js';

export interface FrameworkMember {
  /** Metadata name: `.ctor`, `Append`, `op_Addition`; of a property `Length`, whose accessors are `get_Length` and `set_Length`. */
  readonly name: string;
  readonly kind: 'method' | 'constructor' | 'field' | 'property' | 'event';
  readonly isStatic: boolean;
  /** Protected ones are there too; private and internal ones are not. */
  readonly isProtected: boolean;
  readonly isVirtual: boolean;
  /** Takes the place of what a base declares: a call names the base's (`Object::ToString` of a StringBuilder). */
  readonly isOverride: boolean;
  /** `this T` comes first (ExtensionAttribute). */
  readonly isExtension: boolean;
  readonly hasParams: boolean;
  /** Number of type parameters of a generic method. */
  readonly arity: number;
  /** Of a method; of an indexer what it is indexed by: a property with parameters is one, whatever its name (`Item`, `Chars`). */
  readonly parameters: readonly FrameworkParameter[];
  /** What a method gives. The type of a field, property or event. Type parameters as `typeParameter` and `methodParameter`. */
  readonly returns: TypeRef;
  /** Of a property: accessors that are public or protected. */
  readonly hasGetter: boolean;
  readonly hasSetter: boolean;
  /** Of a `const` field (of a Boolean or Char the number) and a member of an enumeration. */
  readonly constant?: string | number | bigint | null;
}

export interface FrameworkParameter {
  readonly name: string;
  readonly type: TypeRef;
  readonly isOut: boolean;
  readonly isOptional: boolean;
}

export interface FrameworkTypeMembers {
  /** `System.Collections.Generic.List`1`. */
  readonly name: string;
  readonly assembly: string;
  readonly kind: 'class' | 'struct' | 'interface' | 'enum' | 'delegate';
  readonly isStatic: boolean;
  readonly isAbstract: boolean;
  readonly isSealed: boolean;
  readonly base?: TypeRef;
  readonly interfaces: readonly TypeRef[];
  /** Those of the types it lies in come first, as in metadata. */
  readonly typeParameters: readonly ('invariant' | 'out' | 'in')[];
  /** Of an enumeration. */
  readonly underlying?: TypeRef;
  /** Without explicit implementations of interfaces, and without methods that only `__arglist` calls. */
  readonly members: readonly FrameworkMember[];
}

export interface Framework {
  /** By metadata name, arity and all. */
  findType(name: string): FrameworkTypeMembers | undefined;
  /** Whether a namespace of that name, or below it, has types: `System`, `System.Data`. */
  hasNamespace(name: string): boolean;
  /** Static classes with extension methods, by namespace. */
  extensionTypes(namespace: string): readonly FrameworkTypeMembers[];
}
