// What the binder knows of the .NET Framework's types and members. A host gives the table once, with the grammar.
import type { TypeRef } from '../code/model.js';

export interface FrameworkMember {
  /** Metadata name: `.ctor`, `get_Length`, `op_Addition`. */
  readonly name: string;
  readonly kind: 'method' | 'constructor' | 'field' | 'property' | 'event';
  readonly isStatic: boolean;
  /** Protected ones are there too; private and internal ones are not. */
  readonly isProtected: boolean;
  readonly isVirtual: boolean;
  /** `this T` comes first (ExtensionAttribute). */
  readonly isExtension: boolean;
  readonly hasParams: boolean;
  /** Number of type parameters of a generic method. */
  readonly arity: number;
  readonly parameters: readonly FrameworkParameter[];
  /** The type of a field, property or event. Type parameters as `typeParameter` and `methodParameter`. */
  readonly returns: TypeRef;
  /** Of a `const` field and a member of an enumeration. */
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
