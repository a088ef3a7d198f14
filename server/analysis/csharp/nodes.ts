// What a C# source says, as plain data: what `read-tree.ts` makes of the grammar's tree, and all that names and lowering look at.
// Names of nodes are those of the C# specification. Text that is no C# becomes `missing`, and what lies around it stays.
import type { Span } from '../text/span.js';

export interface CompilationUnit {
  readonly usings: readonly UsingDirective[];
  readonly externAliases: readonly Identifier[];
  readonly attributes: readonly AttributeSection[];
  readonly members: readonly NamespaceMember[];
  readonly comments: readonly Span[];
  /** Where the text is no C#. */
  readonly errors: readonly Span[];
  /** Where the file's own text was not looked at: branches of `#if` that are not compiled, and what is nested too deep. */
  readonly skipped: readonly Span[];
  /** Of conditional compilation, where the file itself defines or undefines some. */
  readonly symbols?: ReadonlySet<string>;
  /** Why nothing was read, where nothing was; `errors` then has the whole text. */
  readonly unread?: 'size' | 'effort';
}

interface At {
  readonly span: Span;
}

export interface Identifier extends At {
  /** Without the `@` of a verbatim identifier. */
  readonly name: string;
}

/** `using A = B.C;`, `using static A.B;`, `global using A;`. */
export interface UsingDirective extends At {
  readonly alias?: Identifier;
  readonly isStatic: boolean;
  readonly isGlobal: boolean;
  readonly name: TypeName;
}

export type NamespaceMember = NamespaceDeclaration | TypeDeclaration | DelegateDeclaration | EnumDeclaration;

export interface NamespaceDeclaration extends At {
  readonly kind: 'namespace';
  /** `A.B` as two. */
  readonly name: readonly Identifier[];
  readonly usings: readonly UsingDirective[];
  readonly members: readonly NamespaceMember[];
}

export interface AttributeSection extends At {
  /** `assembly`, `module`, `return`, `field`, …; undefined where the section says none. */
  readonly target?: string;
  readonly attributes: readonly Attribute[];
}

export interface Attribute extends At {
  readonly name: TypeName;
  readonly arguments: readonly AttributeArgument[];
}

export interface AttributeArgument extends At {
  /** Of `Name = value`. */
  readonly property?: Identifier;
  /** Of `name: value`. */
  readonly parameter?: Identifier;
  readonly value: Expression;
}

export type Modifier =
  | 'public'
  | 'private'
  | 'protected'
  | 'internal'
  | 'static'
  | 'readonly'
  | 'const'
  | 'abstract'
  | 'sealed'
  | 'virtual'
  | 'override'
  | 'new'
  | 'extern'
  | 'unsafe'
  | 'volatile'
  | 'async'
  | 'partial'
  | 'required'
  | 'file'
  | 'ref'
  | 'fixed';

interface Declaration extends At {
  readonly attributes: readonly AttributeSection[];
  readonly modifiers: readonly Modifier[];
  readonly name: Identifier;
}

export interface TypeDeclaration extends Declaration {
  readonly kind: 'class' | 'struct' | 'interface' | 'record' | 'recordStruct';
  readonly typeParameters: readonly TypeParameter[];
  readonly bases: readonly TypeName[];
  /** Of a primary constructor. */
  readonly parameters?: readonly Parameter[];
  readonly members: readonly Member[];
}

export interface TypeParameter extends At {
  readonly name: string;
  readonly constraints: readonly TypeName[];
}

export interface EnumDeclaration extends Declaration {
  readonly kind: 'enum';
  readonly base?: TypeName;
  readonly members: readonly EnumMember[];
}

export interface EnumMember extends At {
  readonly attributes: readonly AttributeSection[];
  readonly name: Identifier;
  readonly value?: Expression;
}

export interface DelegateDeclaration extends Declaration {
  readonly kind: 'delegate';
  readonly typeParameters: readonly TypeParameter[];
  readonly returns: TypeName;
  readonly parameters: readonly Parameter[];
}

export type Member =
  | TypeDeclaration
  | EnumDeclaration
  | DelegateDeclaration
  | FieldDeclaration
  | EventFieldDeclaration
  | MethodDeclaration
  | ConstructorDeclaration
  | DestructorDeclaration
  | PropertyDeclaration
  | IndexerDeclaration
  | EventDeclaration
  | OperatorDeclaration;

/** One declaration can declare several: `int a = 1, b;`. `name` is the first's. */
export interface FieldDeclaration extends Declaration {
  readonly kind: 'field';
  readonly type: TypeName;
  readonly variables: readonly Variable[];
}

export interface EventFieldDeclaration extends Declaration {
  readonly kind: 'eventField';
  readonly type: TypeName;
  readonly variables: readonly Variable[];
}

export interface Variable extends At {
  readonly name: Identifier;
  readonly value?: Expression;
}

/** A block, an expression behind `=>`, or nothing (abstract, extern, partial). */
export type BodyNode =
  BlockStatement | { readonly kind: 'expressionBody'; readonly span: Span; readonly value: Expression };

export interface MethodDeclaration extends Declaration {
  readonly kind: 'method';
  readonly typeParameters: readonly TypeParameter[];
  readonly returns: TypeName;
  readonly parameters: readonly Parameter[];
  /** Of `void IDisposable.Dispose()`. */
  readonly explicitInterface?: TypeName;
  readonly body?: BodyNode;
}

export interface ConstructorDeclaration extends Declaration {
  readonly kind: 'constructor';
  readonly parameters: readonly Parameter[];
  readonly initializer?: {
    readonly kind: 'this' | 'base';
    readonly span: Span;
    readonly arguments: readonly Argument[];
  };
  readonly body?: BodyNode;
}

export interface DestructorDeclaration extends Declaration {
  readonly kind: 'destructor';
  readonly body?: BodyNode;
}

export interface PropertyDeclaration extends Declaration {
  readonly kind: 'property';
  readonly type: TypeName;
  readonly explicitInterface?: TypeName;
  /** Empty where the whole is `=> value`. */
  readonly accessors: readonly Accessor[];
  /** Of `Name => value`. */
  readonly value?: Expression;
  /** Of `{ get; } = value`. */
  readonly initializer?: Expression;
}

export interface IndexerDeclaration extends Declaration {
  readonly kind: 'indexer';
  readonly type: TypeName;
  readonly explicitInterface?: TypeName;
  readonly parameters: readonly Parameter[];
  readonly accessors: readonly Accessor[];
  readonly value?: Expression;
}

export interface EventDeclaration extends Declaration {
  readonly kind: 'event';
  readonly type: TypeName;
  readonly explicitInterface?: TypeName;
  readonly accessors: readonly Accessor[];
}

export interface Accessor extends At {
  readonly kind: 'get' | 'set' | 'init' | 'add' | 'remove';
  readonly attributes: readonly AttributeSection[];
  readonly modifiers: readonly Modifier[];
  readonly body?: BodyNode;
}

/** `name` is the metadata's: `op_Addition`, `op_Implicit`. */
export interface OperatorDeclaration extends Declaration {
  readonly kind: 'operator';
  readonly returns: TypeName;
  readonly parameters: readonly Parameter[];
  readonly body?: BodyNode;
}

export interface Parameter extends At {
  readonly attributes: readonly AttributeSection[];
  readonly modifier?: 'ref' | 'out' | 'in' | 'params' | 'this';
  /** Undefined for a lambda's parameter without one. */
  readonly type?: TypeName;
  readonly name: Identifier;
  readonly defaultValue?: Expression;
}

export type TypeName =
  /** `A.B<C>.D`, and a keyword (`int`) as one part; `global::A` has the alias `global`. */
  | (At & { readonly kind: 'named'; readonly alias?: string; readonly parts: readonly NamePart[] })
  | (At & { readonly kind: 'array'; readonly element: TypeName; readonly rank: number })
  | (At & { readonly kind: 'nullable' | 'pointer' | 'ref'; readonly element: TypeName })
  | (At & {
      readonly kind: 'tuple';
      readonly elements: readonly { readonly type: TypeName; readonly name?: string }[];
    })
  /** `var`, and what no name can be made of. */
  | (At & { readonly kind: 'var' | 'functionPointer' | 'missing' });

export interface NamePart extends At {
  readonly name: string;
  readonly arguments: readonly TypeName[];
}

export type Statement =
  | BlockStatement
  | (At & { readonly kind: 'expression'; readonly value: Expression })
  | (At & {
      readonly kind: 'locals';
      readonly type: TypeName;
      readonly isConst: boolean;
      readonly isUsing: boolean;
      readonly variables: readonly Variable[];
    })
  | (At & { readonly kind: 'localFunction'; readonly function: MethodDeclaration })
  | (At & {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: Statement;
      readonly otherwise?: Statement;
    })
  | (At & { readonly kind: 'while' | 'do'; readonly condition: Expression; readonly body: Statement })
  | (At & {
      readonly kind: 'for';
      readonly first: readonly Statement[];
      readonly condition?: Expression;
      readonly next: readonly Expression[];
      readonly body: Statement;
    })
  /** `name` is undefined where it takes a tuple apart, into `target`: a tuple of declarations or of what there is. */
  | (At & {
      readonly kind: 'foreach';
      readonly isAwait: boolean;
      readonly type: TypeName;
      readonly name?: Identifier;
      readonly target?: Expression;
      readonly values: Expression;
      readonly body: Statement;
    })
  | (At & { readonly kind: 'switch'; readonly value: Expression; readonly sections: readonly SwitchSection[] })
  | (At & { readonly kind: 'return' | 'yieldReturn' | 'throw'; readonly value?: Expression })
  | (At & { readonly kind: 'break' | 'continue' | 'yieldBreak' | 'empty' | 'missing' })
  /** `case` is of `goto case 1`, `goto default`. */
  | (At & { readonly kind: 'goto'; readonly label?: string; readonly case?: Expression | 'default' })
  | (At & { readonly kind: 'labeled'; readonly label: string; readonly statement: Statement })
  | (At & {
      readonly kind: 'try';
      readonly block: BlockStatement;
      readonly catches: readonly CatchClause[];
      readonly finally?: BlockStatement;
    })
  | (At & { readonly kind: 'lock'; readonly value: Expression; readonly body: Statement })
  /** `resource` is a declaration of locals or an expression. */
  | (At & { readonly kind: 'using'; readonly isAwait: boolean; readonly resource: Statement; readonly body: Statement })
  | (At & {
      readonly kind: 'fixed';
      readonly type: TypeName;
      readonly variables: readonly Variable[];
      readonly body: Statement;
    })
  | (At & { readonly kind: 'checked' | 'unchecked' | 'unsafe'; readonly body: BlockStatement });

export type StatementOf<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

export interface BlockStatement extends At {
  readonly kind: 'block';
  readonly statements: readonly Statement[];
}

export interface SwitchSection extends At {
  readonly labels: readonly SwitchLabel[];
  readonly statements: readonly Statement[];
}

/** `default` has no pattern. */
export interface SwitchLabel extends At {
  readonly pattern?: Pattern;
  readonly when?: Expression;
}

export interface CatchClause extends At {
  readonly type?: TypeName;
  readonly name?: Identifier;
  readonly when?: Expression;
  readonly block: BlockStatement;
}

export type Pattern =
  | (At & { readonly kind: 'constant'; readonly value: Expression })
  | (At & { readonly kind: 'type' | 'declaration'; readonly type: TypeName; readonly name?: Identifier })
  | (At & { readonly kind: 'var'; readonly name?: Identifier })
  | (At & { readonly kind: 'relational'; readonly operator: string; readonly value: Expression })
  | (At & { readonly kind: 'and' | 'or'; readonly left: Pattern; readonly right: Pattern })
  | (At & { readonly kind: 'not'; readonly pattern: Pattern })
  | (At & {
      readonly kind: 'recursive';
      readonly type?: TypeName;
      readonly name?: Identifier;
      readonly properties: readonly { readonly name: string; readonly pattern: Pattern }[];
      readonly positions: readonly Pattern[];
    })
  | (At & { readonly kind: 'discard' | 'missing' });

export interface Argument extends At {
  /** Of `name: value`. */
  readonly name?: string;
  readonly modifier?: 'ref' | 'out' | 'in';
  readonly value: Expression;
}

export type Expression =
  | (At & {
      readonly kind: 'literal';
      readonly value: string | number | bigint | boolean | null;
      readonly type: LiteralType;
    })
  | (At & { readonly kind: 'interpolated'; readonly parts: readonly (string | Interpolation)[] })
  /** A name by itself, with type arguments where it has some. */
  | (At & {
      readonly kind: 'name';
      readonly name: string;
      readonly arguments: readonly TypeName[];
      readonly alias?: string;
    })
  /** `a.b`; `isConditional` for `a?.b`. */
  | (At & {
      readonly kind: 'member';
      readonly target: Expression;
      readonly isConditional: boolean;
      readonly isPointer: boolean;
      readonly name: Identifier;
      readonly arguments: readonly TypeName[];
    })
  /** A keyword before a dot: `string.Format`, or a type where an expression stands. */
  | (At & { readonly kind: 'type'; readonly type: TypeName })
  | (At & { readonly kind: 'this' | 'base' | 'missing' })
  | (At & { readonly kind: 'invocation'; readonly target: Expression; readonly arguments: readonly Argument[] })
  | (At & {
      readonly kind: 'element';
      readonly target: Expression;
      readonly isConditional: boolean;
      readonly arguments: readonly Argument[];
    })
  /** `type` is undefined for `new(…)`. */
  | (At & {
      readonly kind: 'new';
      readonly type?: TypeName;
      readonly arguments: readonly Argument[];
      readonly initializer?: Initializer;
    })
  | (At & {
      readonly kind: 'anonymousObject';
      readonly members: readonly { readonly name?: Identifier; readonly value: Expression }[];
    })
  /** `new int[3]`, `new[] { 1 }`, `{ 1, 2 }` of a variable. */
  | (At & {
      readonly kind: 'newArray';
      readonly element?: TypeName;
      readonly sizes: readonly Expression[];
      readonly rank: number;
      readonly values?: readonly Expression[];
    })
  | (At & { readonly kind: 'stackalloc'; readonly element?: TypeName; readonly size?: Expression })
  | (At & {
      readonly kind: 'unary';
      readonly operator: string;
      readonly isPostfix: boolean;
      readonly value: Expression;
    })
  | (At & { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression })
  | (At & {
      readonly kind: 'assignment';
      readonly operator: string;
      readonly target: Expression;
      readonly value: Expression;
    })
  | (At & {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    })
  | (At & { readonly kind: 'cast'; readonly type: TypeName; readonly value: Expression })
  | (At & { readonly kind: 'as'; readonly type: TypeName; readonly value: Expression })
  | (At & { readonly kind: 'is'; readonly value: Expression; readonly pattern: Pattern })
  | (At & { readonly kind: 'typeof' | 'sizeof' | 'default'; readonly type?: TypeName })
  | (At & {
      readonly kind: 'checked' | 'unchecked' | 'parenthesized' | 'await' | 'ref' | 'throw';
      readonly value: Expression;
    })
  | (At & {
      readonly kind: 'lambda';
      readonly isAsync: boolean;
      readonly parameters: readonly Parameter[];
      readonly body: BodyNode;
    })
  | (At & {
      readonly kind: 'tuple';
      readonly elements: readonly { readonly name?: string; readonly value: Expression }[];
    })
  /** `out var x`, `out int x`. */
  | (At & { readonly kind: 'declaration'; readonly type: TypeName; readonly name?: Identifier })
  | (At & {
      readonly kind: 'switchExpression';
      readonly value: Expression;
      readonly arms: readonly { readonly pattern: Pattern; readonly when?: Expression; readonly value: Expression }[];
    })
  | (At & {
      readonly kind: 'with';
      readonly value: Expression;
      readonly members: readonly { readonly name: Identifier; readonly value: Expression }[];
    })
  | (At & { readonly kind: 'range'; readonly from?: Expression; readonly to?: Expression })
  /** LINQ; a clause is what the specification calls it. */
  | (At & { readonly kind: 'query'; readonly clauses: readonly QueryClause[] });

export type LiteralType =
  'string' | 'char' | 'int' | 'uint' | 'long' | 'ulong' | 'float' | 'double' | 'decimal' | 'bool' | 'null';

export interface Interpolation extends At {
  readonly value: Expression;
  readonly alignment?: Expression;
  readonly format?: string;
}

/** Of an object or a collection: `{ A = 1 }`, `{ 1, 2 }`, `{ ["k"] = v }`, `{ { 1, 2 } }`. */
export interface Initializer extends At {
  readonly elements: readonly InitializerElement[];
}

export type InitializerElement =
  | (At & { readonly kind: 'property'; readonly name: Identifier; readonly value: Expression | Initializer })
  | (At & { readonly kind: 'index'; readonly arguments: readonly Argument[]; readonly value: Expression | Initializer })
  | (At & { readonly kind: 'element'; readonly values: readonly Expression[] });

export type QueryClause =
  | (At & { readonly kind: 'from'; readonly type?: TypeName; readonly name: Identifier; readonly source: Expression })
  | (At & { readonly kind: 'let'; readonly name: Identifier; readonly value: Expression })
  | (At & { readonly kind: 'where' | 'select'; readonly value: Expression })
  | (At & {
      readonly kind: 'orderby';
      readonly keys: readonly { readonly value: Expression; readonly isDescending: boolean }[];
    })
  | (At & { readonly kind: 'group'; readonly value: Expression; readonly by: Expression })
  | (At & {
      readonly kind: 'join';
      readonly type?: TypeName;
      readonly name: Identifier;
      readonly source: Expression;
      readonly left: Expression;
      readonly right: Expression;
      readonly into?: Identifier;
    })
  | (At & { readonly kind: 'into'; readonly name: Identifier });

/** Whether an initializer's value is one in braces. */
export function isInitializer(value: Expression | Initializer): value is Initializer {
  return 'elements' in value && !('kind' in value);
}
