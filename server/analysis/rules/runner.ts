// Runs rules and makes findings of their reports: rule name, severity, file. A rule that throws is reported by name; the
// others go on. What runs when is the workspace's business.
import type { AssemblyCode, Place } from '../code/model.js';
import type { ProjectFile } from '../packages/project-file.js';
import type { Declaration, Location } from '../project/build-project.js';
import type { Project, ScriptFile, Server } from '../project/project.js';
import { oneLine } from '../text/one-line.js';
import type { Span } from '../text/span.js';
import type {
  CodeRule,
  DeclaredAssembly,
  Details,
  Finding,
  Fix,
  PlacedRule,
  ProjectRule,
  Rule,
  ScriptRule,
  SuppressionRule,
  VoidSuppression,
} from './rule.js';

/** A rule that threw, and where. */
export interface RuleFailure {
  readonly rule: string;
  readonly uri: string;
  readonly error: unknown;
}

/** In words for a log: the other rules went on. */
export function failureText({ rule, uri, error }: RuleFailure): string {
  return `Rule ${rule} failed${uri === '' ? '' : ` on ${uri}`}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** What a rule about code reports, before it is known where the bytes stand. */
export interface CodeReport {
  readonly rule: CodeRule;
  readonly place: Place | 'declaration';
  readonly message: string;
  readonly details: Details;
}

export interface Run {
  /** Those that are off are not among them. */
  readonly rules: readonly Rule[];
  /** Those that look into code. Loaded when they are first asked for. */
  readonly codeRules: () => readonly Rule[];
  readonly failed: (failure: RuleFailure) => void;
  /** Runs each rule in its place, and may look at what that takes. */
  readonly around?: RunRule;
}

export type RunRule = (rule: string, run: () => void) => void;

export function runScriptRules(run: Run, file: ScriptFile, server: Server): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of run.rules.filter(isScriptRule)) {
    guarded(run, rule, file.uri, () =>
      rule.check(
        file,
        (span, message, details = {}) => findings.push(findingOf(rule, file.uri, span, message, details)),
        server,
      ),
    );
  }
  return findings;
}

export function runProjectFileRules(run: Run, file: ProjectFile): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of run.rules.filter(isScriptRule)) {
    guarded(run, rule, file.uri, () =>
      rule.checkProjectFile?.(file, (uri, span, message, details = {}) =>
        findings.push(findingOf(rule, uri, span, message, details)),
      ),
    );
  }
  return findings;
}

export function runCodeRules(
  run: Run,
  uri: string,
  code: AssemblyCode,
  assembly: DeclaredAssembly,
  server: Server,
): readonly CodeReport[] {
  const reports: CodeReport[] = [];
  for (const rule of run.codeRules().filter(isCodeRule)) {
    guarded(run, rule, uri, () =>
      rule.check(
        code,
        (place, message, details = {}) => reports.push({ rule, place, message, details }),
        assembly,
        server,
      ),
    );
  }
  return reports;
}

/** Where the bytes of an assembly stand, and where its permission set is declared. */
export interface CodeLocations {
  readonly bytes: Location;
  readonly declaration: Declaration | undefined;
  /** Of another assembly's. */
  of(code: AssemblyCode): Location | undefined;
}

/** Where a rule about code speaks of bytes, the finding stands at them. */
export function findingOfCode({ rule, place, message, details }: CodeReport, at: CodeLocations): Finding {
  const { uri, span } = locationOf(place, at);
  const proof = (details.proof ?? []).map(({ place: of, code, message: text }) => {
    const bytes = (code && at.of(code)) ?? at.bytes;
    return { ...locationOf(of, { ...at, bytes }), message: oneLine(text) };
  });
  const fix = details.fix ?? declaringFix(details.declare, at);
  const finding = findingOf(rule, uri, span, message, {
    ...details,
    related: [...(details.related ?? []), ...proof],
    ...(fix && { fix }),
  });
  return proof.length > 0 ? { ...finding, proof } : finding;
}

function locationOf(place: CodeReport['place'], { bytes, declaration }: CodeLocations): Location {
  if (place === 'declaration') return declaration ?? bytes;
  return place.kind === 'source' ? { uri: place.uri, span: place.span } : { uri: bytes.uri, span: bytes.span };
}

/** Only where a clause says the set: what is left out cannot be replaced. */
function declaringFix(declare: Details['declare'], { declaration }: CodeLocations): Fix | undefined {
  if (!declare || !declaration?.value) return undefined;
  const { uri, value } = declaration;
  return { title: `Declare PERMISSION_SET = ${declare}`, edits: [{ uri, at: value, text: declare }] };
}

export function runPlacedRules(run: Run, file: ScriptFile, project: Project): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of rulesFor(run, project).filter(isPlacedRule)) {
    guarded(run, rule, file.uri, () =>
      rule.check(file, project, (span, message, details = {}) =>
        findings.push(findingOf(rule, file.uri, span, message, details)),
      ),
    );
  }
  return findings;
}

export function runProjectRule(run: Run, rule: ProjectRule, project: Project): readonly Finding[] {
  const findings: Finding[] = [];
  guarded(run, rule, '', () =>
    rule.check(project, (uri, span, message, details = {}) =>
      findings.push(findingOf(rule, uri, span, message, details)),
    ),
  );
  return findings;
}

export function projectRulesFor(run: Run, project: Project): readonly ProjectRule[] {
  return rulesFor(run, project).filter(isProjectRule);
}

function rulesFor(run: Run, project: Project): readonly Rule[] {
  return hasCode(project) ? [...run.rules, ...run.codeRules()] : run.rules;
}

/** Or something is bound to code that is not here. */
function hasCode(project: Project): boolean {
  return project.bindsCode || project.assemblies.some(({ code }) => code);
}

export function runSuppressionRules(run: Run, uri: string, unused: readonly VoidSuppression[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of run.rules.filter(isSuppressionRule)) {
    guarded(run, rule, uri, () =>
      rule.check(unused, (span, message, details = {}) => findings.push(findingOf(rule, uri, span, message, details))),
    );
  }
  return findings;
}

function findingOf(rule: Rule, uri: string, span: Span, message: string, details: Details): Finding {
  return {
    rule: rule.name,
    severity: details.severity ?? rule.severity,
    message: oneLine(message),
    uri,
    span,
    related: (details.related ?? []).map(onOneLine),
    fixes: [...(details.fix ? [details.fix] : []), ...(details.fixes ?? [])].map((fix) => ({
      ...fix,
      title: oneLine(fix.title),
    })),
    sqlErrors: details.sqlErrors ?? rule.sqlErrors ?? [],
    phase: details.phase ?? rule.phase,
    tags: details.tags ?? [],
  };
}

function onOneLine<T extends { readonly message: string }>(one: T): T {
  return { ...one, message: oneLine(one.message) };
}

function guarded({ failed, around = (_rule, run) => run() }: Run, rule: Rule, uri: string, check: () => void): void {
  try {
    around(rule.name, check);
  } catch (error) {
    failed({ rule: rule.name, uri, error });
  }
}

const isScriptRule = (rule: Rule): rule is ScriptRule => rule.on === 'script';
const isCodeRule = (rule: Rule): rule is CodeRule => rule.on === 'code';
const isPlacedRule = (rule: Rule): rule is PlacedRule => rule.on === 'script-in-project';
const isProjectRule = (rule: Rule): rule is ProjectRule => rule.on === 'project';
const isSuppressionRule = (rule: Rule): rule is SuppressionRule => rule.on === 'suppressions';
