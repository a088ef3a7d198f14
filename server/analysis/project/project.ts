// The files of a workspace as one immutable value: what a rule or a feature asks.
import type { Referenced } from '../code/linked-graph.js';
import type { AssemblyCode } from '../code/model.js';
import type { BoundName } from '../code/entry-points.js';
import type { Target } from '../knowledge/targets.js';
import type { AssemblyImage, ImageIssue } from '../metadata/assembly.js';
import type { SourceAssembly } from '../packages/membership.js';
import type { ProjectFile } from '../packages/project-file.js';
import type { ColumnUse, OrdinaryReading } from '../tsql/ordinary-nodes.js';
import type { assumptionsOf } from './assumptions.js';
import type { BoundMethod } from './bound-methods.js';
import type { ScriptCatalog } from './catalog.js';
import type { OrdinaryNames } from './ordinary-names.js';
import type { ProjectCalls } from './code-calls.js';
import type { Requirements } from './requirements.js';
import type { Signer } from './signers.js';
import type { Timeline } from './timeline.js';
import type { Trust } from './trust.js';
import type {
  AlterAssembly,
  CreateAggregate,
  CreateAssembly,
  CreateTypeUdt,
  MethodSpecifier,
  ObjectName,
  PermissionSetName,
  RoutineStatement,
  Script,
  StatementKind,
} from '../tsql/nodes.js';
import type { Span } from '../text/span.js';

export interface ScriptFile {
  readonly uri: string;
  readonly text: string;
  readonly script: Script;
  /** Every assembly whose bytes stand in this script, in order: FROM 0x…, variables and hex chains followed. */
  readonly literals: readonly EmbeddedImage[];
  /** What it does when it is run, in order. Made when it is first asked for, as the catalog is. */
  readonly timeline: Timeline;
  readonly catalog: ScriptCatalog;
}

/** Bytes of an assembly, or what is meant to be one, in a script. */
export interface EmbeddedImage {
  /** The literal, or the first of those that give the bytes. */
  readonly span: Span;
  /** Short enough to underline: the literal's head. */
  readonly head: Span;
  readonly statement: CreateAssembly | AlterAssembly;
  /** Place in FROM: 0 is the assembly itself, the others are what it references. */
  readonly index: number;
  readonly byteLength: number;
  /** 128 upper-case digits: SHA2_512 of the bytes. */
  readonly sha512: string;
  /** An odd number of digits: SQL Server puts a zero in front. */
  readonly oddDigits: boolean;
  readonly image?: AssemblyImage;
  /** Where there is an image, which reads in them. */
  readonly bytes?: Uint8Array;
  readonly errors: readonly ImageIssue[];
}

/** A .dll or .exe of the workspace. */
export interface ImageFile {
  readonly uri: string;
  readonly byteLength: number;
  readonly sha512: string;
  readonly image?: AssemblyImage;
  /** Where there is an image, which reads in them. */
  readonly bytes?: Uint8Array;
  readonly errors: readonly ImageIssue[];
}

/** A C# file of the workspace. */
export interface SourceFile {
  readonly uri: string;
  readonly text: string;
}

/** What project files say, and which of the sources they compile. */
export interface Packages {
  readonly projectFiles: readonly ProjectFile[];
  readonly sourceAssemblies: readonly SourceAssembly[];
  /** Of those whose sources have to do with SQL Server, as soon as C# can be read. */
  readonly sourceCode: ReadonlyMap<SourceAssembly, AssemblyCode>;
  /** What code of sources is compiled against, besides the framework. */
  readonly libraries: ReadonlyMap<AssemblyCode, readonly AssemblyCode[]>;
  /** Sources whose code is not known. */
  readonly unread: readonly UnreadSource[];
}

export interface UnreadSource {
  readonly uri: string;
  readonly why: 'size' | 'effort';
}

/** An assembly as a database would know it: what a script creates, or bytes that no script creates. */
export interface DeployedAssembly {
  /** The SQL name, or the metadata's where no script names it. */
  readonly name: string;
  /** What CREATE ASSEMBLY, and every ALTER behind it, leave it with; undefined where that cannot be told. */
  readonly permissionSet?: PermissionSetName;
  readonly owner?: string;
  /** Where it is created; undefined for a file no script creates. */
  readonly created?: { readonly file: ScriptFile; readonly statement: CreateAssembly };
  /** As the script says it that creates it; see `Step`. */
  readonly database?: string;
  readonly altered: readonly { readonly file: ScriptFile; readonly statement: AlterAssembly }[];
  /** Its bytes, where they are known: the last ones given. */
  readonly image?: AssemblyImage;
  /** Its code, of its bytes or of its sources. */
  readonly code?: AssemblyCode;
  /**
   * What to underline for what has no place of its own in a source: the literal's head, the start of the file of bytes, the
   * project that builds it.
   */
  readonly codeAt?: { readonly uri: string; readonly span: Span };
}

/** A T-SQL object bound to managed code. */
export interface BoundRoutine {
  readonly file: ScriptFile;
  readonly statement: RoutineStatement | CreateAggregate | CreateTypeUdt;
  readonly kind: 'procedure' | 'function' | 'trigger' | 'aggregate' | 'type';
  readonly name: ObjectName;
  readonly externalName: MethodSpecifier;
  /** Undefined where no script creates it, or several do and none is nearest. */
  readonly assembly?: DeployedAssembly;
  /** What the assembly has when the routine is made: the assembly's own code, where nothing alters that later. */
  readonly code?: AssemblyCode;
  /** Several assemblies of that name, none of them nearer than another. */
  readonly ambiguous: boolean;
}

/** What is wrong with how scripts and code go together, for a rule to report. */
export interface CodeFault {
  readonly uri: string;
  readonly at: Span;
  readonly message: string;
  readonly sqlErrors: readonly number[];
  readonly severity?: 'warning';
  readonly fix?: { readonly title: string; readonly edits: readonly { readonly at: Span; readonly text: string }[] };
}

/** What the settings say of the server that is written for. */
export interface Server {
  readonly target: Target;
  /** `clr strict security` as far as settings say; false where the target has no such option. */
  readonly clrStrictSecurity: boolean;
  readonly known: KnownObjects;
}

/** What is there before the scripts run, by name. */
export interface KnownObjects {
  readonly assemblies: readonly string[];
  /** Logins that may do everything, besides sa. */
  readonly sysadmins: readonly string[];
}

export interface Project extends Server, Packages {
  readonly scripts: readonly ScriptFile[];
  /** Those that have statements of any of the kinds, in order. */
  scriptsWith(...kinds: readonly StatementKind[]): readonly ScriptFile[];
  readonly images: readonly ImageFile[];
  readonly assemblies: readonly DeployedAssembly[];
  readonly routines: readonly BoundRoutine[];
  /** Whether there is any. */
  readonly bindsCode: boolean;
  /** Those of one script. */
  routinesIn(file: ScriptFile): readonly BoundRoutine[];
  /** Those that are types. */
  readonly boundTypes: readonly BoundRoutine[];
  /** Of `assemblies`, by SQL name in lower case. */
  readonly byName: AssembliesByName;
  /** Of `assemblies`, by the name inside their bytes in lower case. */
  readonly byIdentity: AssembliesByName;
  /** The keys and certificates that scripts make, and the rights of their logins. Found out when it is first asked for. */
  readonly signers: readonly Signer[];
  /** Whether anything trusts the bytes that scripts hand over. Found out when it is first asked for. */
  readonly trusts: readonly Trust[];
  /** What runs, reads and writes what in T-SQL. Found out when it is first asked for. */
  readonly calls: ProjectCalls;
  /** The methods and classes that scripts bind to routines, types and aggregates. */
  boundNamesOf(assembly: DeployedAssembly): readonly BoundName[];
  /** Which assembly it, and what belongs to it, means by a reference. */
  referencedBy(assembly: DeployedAssembly): Referenced;
  /** Undefined for an assembly whose code is not known. Found out when it is first asked for. */
  requirementsOf(assembly: DeployedAssembly): Requirements | undefined;
  /** What a script does besides, with what is made of code. Found out when it is first asked for. */
  ordinaryOf(file: ScriptFile): OrdinaryReading;
  /** What a script may name of its columns. Found out when it is first asked for. */
  columnUsesOf(file: ScriptFile): readonly ColumnUse[];
  /** Of `routines`, those with one method behind them. */
  readonly boundMethods: readonly BoundMethod[];
  boundMethodsIn(file: ScriptFile): readonly BoundMethod[];
  /** What ordinary T-SQL names. Found out when it is first asked for. */
  readonly ordinaryNames: OrdinaryNames;
  /** What an answer about a part of an assembly rests on. */
  readonly assumptionsOf: typeof assumptionsOf;
  /** Of bytes, as the first assembly that has them; by its attributes alone where no script creates one of them. */
  requirementsOfImage(image: AssemblyImage): Requirements;
}

export type AssembliesByName = ReadonlyMap<string, readonly DeployedAssembly[]>;
