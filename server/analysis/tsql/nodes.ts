// The syntax tree of a T-SQL script, in ScriptDom's words. A node holds what the text says and no conclusions.
// A `kind` with a capital first letter and "Statement" behind it is the ScriptDom class of the statement.
import type { Span } from '../text/span.js';
import type { Constant } from './constants.js';

export interface Script {
  readonly span: Span;
  readonly batches: readonly Batch[];
  /** Only in statements of the field: ordinary T-SQL is not ours to judge. */
  readonly errors: readonly SyntaxIssue[];
  readonly comments: readonly Comment[];
  /** What expressions with variables in them are known to hold where they stand; ask `constantOf` (`constants.ts`). */
  readonly constants: ReadonlyMap<Expression, Constant>;
  /** Where `statementsOf` finds them: those of `allStatements` by kind, with their place among all. */
  readonly byKind: ReadonlyMap<StatementKind, readonly Ordered[]>;
}

export interface Ordered {
  readonly order: number;
  readonly statement: Statement;
}

export interface SyntaxIssue {
  readonly span: Span;
  readonly message: string;
  /** It is at a word that may be a keyword: letters alone. */
  readonly isAtWord: boolean;
}

export interface Comment {
  readonly kind: 'line' | 'block';
  readonly span: Span;
}

export interface Batch {
  readonly span: Span;
  /** The number behind GO; undefined where GO stands alone or is missing. */
  readonly count?: number;
  readonly statements: readonly Statement[];
}

// ---- Names and values

export interface Identifier {
  readonly span: Span;
  /** Without delimiters, doubled ones undone; `$(name)` is kept as written. */
  readonly value: string;
  readonly quote: 'none' | 'bracket' | 'double';
}

/** One to four parts; a part left out (`db..name`) is undefined. The last is always there. */
export interface ObjectName {
  readonly span: Span;
  readonly parts: readonly (Identifier | undefined)[];
  readonly last: Identifier;
}

/** EXTERNAL NAME assembly[.class[.method]]. */
export interface MethodSpecifier {
  /** Without the words EXTERNAL NAME. */
  readonly span: Span;
  readonly assembly: Identifier;
  readonly className?: Identifier;
  readonly method?: Identifier;
  /** True where a name has more parts than SQL Server takes. */
  readonly surplus: boolean;
}

export type Expression =
  StringLiteral | BinaryLiteral | NumberLiteral | VariableReference | Concatenation | Conversion | OtherExpression;

export interface StringLiteral {
  readonly kind: 'string';
  readonly span: Span;
  /** Quotes undone; `$(name)` is kept as written. */
  readonly value: string;
  readonly national: boolean;
}

export interface BinaryLiteral {
  readonly kind: 'binary';
  readonly span: Span;
  /** A slice of the text behind `0x`: digits, and `\` with its end of line where the literal goes on. Not cleaned. */
  readonly raw: string;
}

export interface NumberLiteral {
  readonly kind: 'number';
  readonly span: Span;
  readonly text: string;
}

export interface VariableReference {
  readonly kind: 'variable';
  readonly span: Span;
  /** With its `@`. */
  readonly name: string;
}

/** `a + b + c`. */
export interface Concatenation {
  readonly kind: 'concatenation';
  readonly span: Span;
  readonly operands: readonly Expression[];
}

/** CONVERT(type, operand[, style]) or CAST(operand AS type). */
export interface Conversion {
  readonly kind: 'conversion';
  readonly span: Span;
  readonly type: DataType;
  readonly operand: Expression;
  readonly style?: number;
}

/** Whatever else can stand there: a call, NULL, DEFAULT, a bare word, `$(variable)`. */
export interface OtherExpression {
  readonly kind: 'other';
  readonly span: Span;
  readonly text: string;
}

export interface DataType {
  readonly span: Span;
  readonly name: ObjectName;
  /** As written between the parentheses: `max`, `10`, `18, 2`. */
  readonly facets: readonly string[];
}

export interface Parameter {
  readonly span: Span;
  /** With its `@`. */
  readonly name: string;
  readonly type: DataType;
  readonly default?: Expression;
  readonly output: boolean;
  readonly readOnly: boolean;
  readonly nullability?: 'NULL' | 'NOT NULL';
}

export interface Column {
  readonly span: Span;
  readonly name: Identifier;
  /** Undefined for a computed column. */
  readonly type?: DataType;
  /** Whatever stands behind the type. */
  readonly constraints: readonly Constraint[];
}

export interface Constraint {
  readonly name: 'NOT NULL' | 'PRIMARY KEY' | 'UNIQUE' | 'CHECK' | 'DEFAULT' | 'IDENTITY';
  readonly span: Span;
}

// ---- Statements

interface StatementBase {
  readonly span: Span;
  /** True under IF, ELSE or WHILE, or in a CATCH block: it may not run. */
  readonly conditional: boolean;
}

export type PermissionSetName = 'SAFE' | 'EXTERNAL_ACCESS' | 'UNSAFE';

export interface PermissionSetOption {
  /** From PERMISSION_SET to its value. */
  readonly span: Span;
  /** Undefined where the word is none of the three (a sqlcmd variable, say). */
  readonly value?: PermissionSetName;
  readonly valueSpan: Span;
}

export interface CreateAssembly extends StatementBase {
  readonly kind: 'createAssembly';
  readonly name: Identifier;
  readonly authorization?: Identifier;
  readonly from: readonly Expression[];
  readonly permissionSet?: PermissionSetOption;
}

export interface AlterAssembly extends StatementBase {
  readonly kind: 'alterAssembly';
  readonly name: Identifier;
  readonly from?: Expression;
  readonly permissionSet?: PermissionSetOption;
  readonly visibility?: { readonly span: Span; readonly value: 'ON' | 'OFF' };
  readonly uncheckedData?: Span;
  readonly dropFiles?: { readonly span: Span; readonly all: boolean; readonly names: readonly StringLiteral[] };
  readonly addFiles: readonly AddedFile[];
}

export interface AddedFile {
  readonly span: Span;
  readonly source: Expression;
  readonly as?: StringLiteral;
}

export interface DropAssembly extends StatementBase {
  readonly kind: 'dropAssembly';
  readonly names: readonly Identifier[];
  readonly ifExists: boolean;
  readonly noDependents: boolean;
}

/** WITH EXECUTE AS of a module. */
export interface ExecuteAsClause {
  readonly span: Span;
  readonly context: 'CALLER' | 'SELF' | 'OWNER' | 'USER';
  /** With USER: EXECUTE AS 'user'. */
  readonly user?: StringLiteral;
}

interface ModuleBase extends StatementBase {
  readonly name: ObjectName;
  readonly executeAs?: ExecuteAsClause;
  /** Module options in upper case besides EXECUTE AS: ENCRYPTION, SCHEMABINDING, RETURNS NULL ON NULL INPUT … */
  readonly options: readonly { readonly span: Span; readonly name: string }[];
  readonly externalName?: MethodSpecifier;
  /** The statements of a T-SQL body, to the end of the batch. They do not run when the module is created. */
  readonly body: readonly Statement[];
}

export interface ProcedureStatement extends ModuleBase {
  readonly kind: 'createProcedure' | 'createOrAlterProcedure' | 'alterProcedure';
  readonly parameters: readonly Parameter[];
}

export interface FunctionStatement extends ModuleBase {
  readonly kind: 'createFunction' | 'createOrAlterFunction' | 'alterFunction';
  readonly parameters: readonly Parameter[];
  /** Undefined for a half-typed statement. */
  readonly returns?:
    | { readonly kind: 'scalar'; readonly span: Span; readonly type: DataType }
    | {
        readonly kind: 'table';
        readonly span: Span;
        readonly columns: readonly Column[];
        /** Those that stand beside the columns. */
        readonly constraints: readonly Constraint[];
      };
  readonly order: readonly { readonly column: Identifier; readonly descending: boolean }[];
}

export interface TriggerStatement extends ModuleBase {
  readonly kind: 'createTrigger' | 'createOrAlterTrigger' | 'alterTrigger';
  readonly target: { readonly kind: 'table'; readonly name: ObjectName } | { readonly kind: 'database' | 'server' };
  readonly timing: 'FOR' | 'AFTER' | 'INSTEAD OF';
  /** INSERT, UPDATE, DELETE, LOGON, or DDL event names; upper case. */
  readonly events: readonly string[];
}

export type RoutineStatement = ProcedureStatement | FunctionStatement | TriggerStatement;

export interface CreateAggregate extends StatementBase {
  readonly kind: 'createAggregate';
  readonly name: ObjectName;
  readonly parameters: readonly Parameter[];
  readonly returns?: DataType;
  readonly externalName?: MethodSpecifier;
}

/** CREATE TYPE … EXTERNAL NAME. */
export interface CreateTypeUdt extends StatementBase {
  readonly kind: 'createTypeUdt';
  readonly name: ObjectName;
  readonly externalName: MethodSpecifier;
}

/** CREATE TYPE … FROM. */
export interface CreateTypeUddt extends StatementBase {
  readonly kind: 'createTypeUddt';
  readonly name: ObjectName;
  readonly baseType: DataType;
}

/** CREATE TYPE … AS TABLE. */
export interface CreateTypeTable extends StatementBase {
  readonly kind: 'createTypeTable';
  readonly name: ObjectName;
}

export interface DropObjects extends StatementBase {
  readonly kind: 'dropProcedure' | 'dropFunction' | 'dropTrigger' | 'dropAggregate' | 'dropType';
  readonly names: readonly ObjectName[];
  readonly ifExists: boolean;
}

/** Where a key or certificate comes from. */
export type KeySource =
  | { readonly kind: 'file' | 'executableFile'; readonly span: Span; readonly path: Expression }
  | { readonly kind: 'assembly' | 'provider'; readonly span: Span; readonly name: Identifier }
  | { readonly kind: 'binary'; readonly span: Span; readonly value: Expression };

/** A password or private key that stands in the statement. */
export interface Secret {
  readonly kind: 'password' | 'privateKey';
  /** The option with its value: `DECRYPTION BY PASSWORD = '…'`. */
  readonly span: Span;
  readonly value: Expression;
}

export interface AsymmetricKeyStatement extends StatementBase {
  readonly kind: 'createAsymmetricKey' | 'alterAsymmetricKey' | 'dropAsymmetricKey';
  readonly name: Identifier;
  readonly authorization?: Identifier;
  readonly source?: KeySource;
  readonly secrets: readonly Secret[];
}

export interface CertificateStatement extends StatementBase {
  readonly kind: 'createCertificate' | 'alterCertificate' | 'dropCertificate';
  readonly name: Identifier;
  readonly authorization?: Identifier;
  /** Undefined for a self-signed one. */
  readonly source?: KeySource;
  readonly subject?: StringLiteral;
  readonly secrets: readonly Secret[];
}

export interface LoginStatement extends StatementBase {
  readonly kind: 'createLogin' | 'alterLogin' | 'dropLogin';
  readonly name: Identifier;
  readonly source?:
    | { readonly kind: 'certificate' | 'asymmetricKey'; readonly name: Identifier }
    | { readonly kind: 'windows' | 'externalProvider' | 'password' };
  /** Named with `=`, in upper case: DEFAULT_SCHEMA, CHECK_POLICY …; passwords are `secrets`. */
  readonly options: readonly { readonly span: Span; readonly name: string }[];
  readonly secrets: readonly Secret[];
}

export interface UserStatement extends StatementBase {
  readonly kind: 'createUser' | 'alterUser' | 'dropUser';
  readonly name: Identifier;
  readonly source?:
    | { readonly kind: 'login' | 'certificate' | 'asymmetricKey'; readonly name: Identifier }
    | { readonly kind: 'withoutLogin' | 'externalProvider' | 'password' };
  /** Named with `=`, in upper case: DEFAULT_SCHEMA, CHECK_POLICY …; passwords are `secrets`. */
  readonly options: readonly { readonly span: Span; readonly name: string }[];
  readonly secrets: readonly Secret[];
}

export interface RoleStatement extends StatementBase {
  readonly kind: 'createRole' | 'alterRole' | 'dropRole' | 'createServerRole' | 'alterServerRole' | 'dropServerRole';
  readonly name: Identifier;
  readonly authorization?: Identifier;
  /** Of ALTER: ADD MEMBER or DROP MEMBER. */
  readonly member?: { readonly action: 'add' | 'drop'; readonly name: Identifier };
}

/** What CREATE SCHEMA holds besides (tables, views, permissions) stands behind it as statements of their own. */
export interface SchemaStatement extends StatementBase {
  readonly kind: 'createSchema' | 'dropSchema';
  /** Of CREATE SCHEMA AUTHORIZATION owner the owner's. */
  readonly name: Identifier;
  readonly authorization?: Identifier;
}

export interface MasterKeyStatement extends StatementBase {
  readonly kind: 'createMasterKey' | 'alterMasterKey' | 'dropMasterKey';
  readonly secrets: readonly Secret[];
}

/** Of the server or of the database (DATABASE SCOPED). */
export interface CredentialStatement extends StatementBase {
  readonly kind: 'createCredential' | 'alterCredential' | 'dropCredential';
  readonly name: Identifier;
  readonly secrets: readonly Secret[];
}

export interface SecurityStatement extends StatementBase {
  readonly kind: 'grant' | 'deny' | 'revoke';
  readonly permissions: readonly {
    readonly span: Span;
    /** Upper case, single spaces: `UNSAFE ASSEMBLY`. */ readonly name: string;
  }[];
  /** Behind ON; undefined for database and server permissions. */
  readonly securable?: {
    readonly span: Span;
    /** Upper case: `ASSEMBLY`, `OBJECT`, `SCHEMA` … */ readonly class?: string;
    readonly name: ObjectName;
  };
  readonly principals: readonly Identifier[];
  readonly withGrantOption: boolean;
}

export interface SignatureSource {
  readonly kind: 'certificate' | 'asymmetricKey' | 'password';
  readonly span: Span;
  readonly name?: Identifier;
  /** WITH SIGNATURE = …: made elsewhere. */
  readonly signature?: Expression;
}

export interface SignatureStatement extends StatementBase {
  readonly kind: 'addSignature' | 'dropSignature';
  readonly counter: boolean;
  readonly class?: string;
  readonly name: ObjectName;
  readonly by: readonly SignatureSource[];
  readonly secrets: readonly Secret[];
}

export interface AlterAuthorization extends StatementBase {
  readonly kind: 'alterAuthorization';
  readonly class?: string;
  readonly name: ObjectName;
  /** Undefined for SCHEMA OWNER. */
  readonly to?: Identifier;
}

export interface DatabaseOption {
  /** From the option's name to its value: `TRUSTWORTHY ON`. */
  readonly span: Span;
  /** Upper case: TRUSTWORTHY, DB_CHAINING; others as far as told apart. */
  readonly name: string;
  /** Upper case: ON, OFF, or the value's first word. */
  readonly value: string;
}

export interface DatabaseStatement extends StatementBase {
  readonly kind: 'createDatabase' | 'alterDatabaseSet' | 'alterDatabase';
  /** Undefined for CURRENT. */
  readonly database?: Identifier;
  readonly options: readonly DatabaseOption[];
}

/** EXEC of a procedure, or of text. */
export interface Execute extends StatementBase {
  readonly kind: 'execute';
  /** Undefined for EXEC('…') and EXEC @variable. */
  readonly procedure?: ObjectName;
  /** EXEC @name …: the variable that holds the procedure's name. */
  readonly variable?: VariableReference;
  readonly arguments: readonly ExecuteArgument[];
  /** EXEC('…'): what is executed. */
  readonly text?: Expression;
  /** What the executed text says where it is a constant: of EXEC('…') or sp_executesql. Spans are the file's. */
  readonly executed?: Script;
}

export interface ExecuteArgument {
  readonly span: Span;
  /** With its `@`; undefined by position. */
  readonly name?: string;
  readonly value: Expression;
  readonly output: boolean;
}

export interface Reconfigure extends StatementBase {
  readonly kind: 'reconfigure';
  readonly withOverride: boolean;
}

export interface Use extends StatementBase {
  readonly kind: 'use';
  readonly database: Identifier;
}

export interface ExecuteAs extends StatementBase {
  readonly kind: 'executeAs';
  readonly context: 'LOGIN' | 'USER' | 'CALLER' | 'SETUSER';
  readonly name?: Expression;
}

export interface Revert extends StatementBase {
  readonly kind: 'revert';
}

export interface DeclareVariable extends StatementBase {
  readonly kind: 'declareVariable';
  readonly variables: readonly {
    readonly span: Span;
    readonly name: string;
    readonly type?: DataType;
    readonly value?: Expression;
  }[];
}

/** SET @v = …, SET @v += …, and SELECT @v = … of one variable. */
export interface SetVariable extends StatementBase {
  readonly kind: 'setVariable';
  readonly name: string;
  readonly operator: '=' | '+=';
  readonly value: Expression;
}

/** Any other statement: a run of tokens. */
export interface Unknown extends StatementBase {
  readonly kind: 'unknown';
  /** Its first words in upper case as far as they tell what it is: SELECT, INSERT, CREATE TABLE, IF, BEGIN … */
  readonly words: string;
}

export type Statement =
  | CreateAssembly
  | AlterAssembly
  | DropAssembly
  | RoutineStatement
  | CreateAggregate
  | CreateTypeUdt
  | CreateTypeUddt
  | CreateTypeTable
  | DropObjects
  | AsymmetricKeyStatement
  | CertificateStatement
  | LoginStatement
  | UserStatement
  | RoleStatement
  | SchemaStatement
  | MasterKeyStatement
  | CredentialStatement
  | SecurityStatement
  | SignatureStatement
  | AlterAuthorization
  | DatabaseStatement
  | Execute
  | Reconfigure
  | Use
  | ExecuteAs
  | Revert
  | DeclareVariable
  | SetVariable
  | Unknown;

/** The statements that make or change a procedure, function or trigger. */
export const routineKinds = [
  'createProcedure',
  'createOrAlterProcedure',
  'alterProcedure',
  'createFunction',
  'createOrAlterFunction',
  'alterFunction',
  'createTrigger',
  'createOrAlterTrigger',
  'alterTrigger',
] as const;

/** As a production gives it, which does not know under what it stands. */
export type Bare<S extends Statement = Statement> = S extends Statement ? Omit<S, 'conditional'> : never;

export type StatementKind = Statement['kind'];
/** The node that can have one of these kinds; some nodes have several. */
export type StatementOf<K extends StatementKind> = Statement extends infer S
  ? S extends Statement
    ? [Extract<S['kind'], K>] extends [never]
      ? never
      : S
    : never
  : never;

/** Every statement in order: those in T-SQL bodies and in executed text too, each right behind the statement that holds it. */
export function* allStatements(script: Script): Generator<Statement> {
  for (const batch of script.batches) yield* within(batch.statements);
}

/** The statements that run when the script does: those of `allStatements` but for T-SQL bodies. */
export function* deployedStatements(script: Script): Generator<Statement> {
  for (const batch of script.batches) {
    for (const statement of batch.statements) {
      yield statement;
      if (statement.kind === 'execute' && statement.executed) yield* deployedStatements(statement.executed);
    }
  }
}

/** The statements of one or more kinds, in the order of `allStatements`; the cost is that of what is found. */
export function statementsOf<K extends StatementKind>(
  script: Script,
  ...kinds: readonly K[]
): readonly StatementOf<K>[] {
  // Most scripts have none, and are asked by every rule.
  if (!kinds.some((kind) => script.byKind.has(kind))) return [];
  const found = kinds.flatMap((kind) => script.byKind.get(kind) ?? []);
  if (kinds.length > 1) found.sort((a, b) => a.order - b.order);
  // The index holds under a kind what has that kind.
  return found.map(({ statement }) => statement as StatementOf<K>);
}

/** The index behind `statementsOf`. Ordinary statements, which nobody asks for by kind, are left out. */
export function indexed(batches: readonly Batch[]): Script['byKind'] {
  const index = new Map<StatementKind, Ordered[]>();
  let order = 0;
  for (const batch of batches) {
    for (const statement of within(batch.statements)) {
      order++;
      if (statement.kind === 'unknown') continue;
      const known = index.get(statement.kind);
      if (known) known.push({ order, statement });
      else index.set(statement.kind, [{ order, statement }]);
    }
  }
  return index;
}

function* within(statements: readonly Statement[]): Generator<Statement> {
  for (const statement of statements) {
    yield statement;
    if ('body' in statement) yield* within(statement.body);
    if (statement.kind === 'execute' && statement.executed) yield* allStatements(statement.executed);
  }
}
