// What a rule is, and what it reports.
import type { AssemblyCode, Place } from '../code/model.js';
import type { DeployedAssembly, Project, ScriptFile, Server } from '../project/project.js';
import type { Requirements } from '../project/requirements.js';
import type { ProjectFile } from '../packages/project-file.js';
import type { Suppression } from './suppressions.js';
import type { Span } from '../text/span.js';
import type { PermissionSetName } from '../tsql/nodes.js';

/** `error`: SQL Server refuses it or it certainly fails; `warning`: a hole; `information`: worth a look; `hint`: style. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** When it shows: at CREATE or ALTER, when SQL Server loads the assembly, when the code is called, or only to a reviewer. */
export type Phase = 'create' | 'load' | 'call' | 'review';

export type Topic =
  | 'permission-sets'
  | 'assemblies'
  | 'host-protection'
  | 'links'
  | 'impersonation'
  | 'partially-trusted-callers'
  | 'application-domains'
  | 'data-access'
  | 'untrusted-input'
  | 'hygiene'
  | 'tool';

export interface Edit {
  /** The finding's own file where left out. */
  readonly uri?: string;
  readonly at: Span;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** What the code does becomes another: it is offered, and never applied along with others. */
  readonly needsReview?: boolean;
}

export interface Related {
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  readonly span: Span;
  readonly related: readonly Related[];
  /** Those of them that are steps of one way, in their order. */
  readonly proof?: readonly Related[];
  readonly fixes: readonly Fix[];
  readonly sqlErrors: readonly number[];
  readonly phase: Phase;
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
}

/** What a report may add to, or say otherwise than, its rule. */
export interface Details {
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
  readonly fixes?: readonly Fix[];
  readonly sqlErrors?: readonly number[];
  readonly phase?: Phase;
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** Steps that prove it, in code. */
  readonly proof?: readonly ProofStep[];
  /** Of a rule about code: the permission set that the declaration should name; the fix writes it there. */
  readonly declare?: PermissionSetName;
}

export interface ProofStep {
  readonly place: Place | 'declaration';
  /** Of another assembly. */
  readonly code?: AssemblyCode;
  readonly message: string;
}

interface RuleBase {
  /** Kebab-case; names what is found. */
  readonly name: string;
  /** One sentence with a full stop: the first line of the rule's page, and its setting's description. */
  readonly summary: string;
  readonly topic: Topic;
  readonly severity: Severity;
  readonly phase: Phase;
  /** What SQL Server answers where it answers. */
  readonly sqlErrors?: readonly number[];
  readonly cwe?: readonly number[];
}

export interface ScriptRule extends RuleBase {
  readonly on: 'script';
  /** Depends on nothing but its arguments: it runs again only where the file or the server changed. */
  check(file: ScriptFile, report: ReportSpan, server: Server): void;
  /** Of rules that a .sqlproj or .csproj can break as well, or a file that it imports. */
  checkProjectFile?(file: ProjectFile, report: ReportFile): void;
}

/** Runs once for each assembly whose code is known, from a script's bytes, a file or sources. */
export interface CodeRule extends RuleBase {
  readonly on: 'code';
  /** Depends on nothing but its arguments: it runs again only where the bytes or how they are declared changed. */
  check(code: AssemblyCode, report: ReportPlace, assembly: DeclaredAssembly, server: Server): void;
}

export interface ProjectRule extends RuleBase {
  readonly on: 'project';
  /** Depends on what it asks of the project: it runs again only where something of that changed. */
  check(project: Project, report: ReportFile): void;
}

/** Runs once for each script, with the project around it. */
export interface PlacedRule extends RuleBase {
  readonly on: 'script-in-project';
  /** Depends on nothing but the script and what it asks of the project: it runs again only where one of them changed. */
  check(file: ScriptFile, project: Project, report: ReportSpan): void;
}

/** A suppression that silences nothing: there is nothing to silence, or its time is over, or `until` names no day. */
export interface VoidSuppression extends Suppression {
  readonly because: 'nothing found' | 'over' | 'no date';
}

/** Runs when everything else has: what is left over of the suppressions of a file. */
export interface SuppressionRule extends RuleBase {
  readonly on: 'suppressions';
  check(unused: readonly VoidSuppression[], report: ReportSpan): void;
}

export type Rule = ScriptRule | CodeRule | PlacedRule | ProjectRule | SuppressionRule;

export type ReportSpan = (span: Span, message: string, details?: Details) => void;
/** `declaration`: where the assembly's permission set is declared. */
export type ReportPlace = (place: Place | 'declaration', message: string, details?: Details) => void;
export type ReportFile = (uri: string, span: Span, message: string, details?: Details) => void;

/** What a rule about code may know of the assembly the code is registered as. */
export interface DeclaredAssembly extends Pick<DeployedAssembly, 'name' | 'permissionSet' | 'owner'> {
  /** Where a script creates it. */
  readonly isCreated: boolean;
  /** What it needs, with the proof. Found out when it is first asked for. */
  readonly requirements: Requirements;
}
