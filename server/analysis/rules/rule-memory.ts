// What the rules have found, kept for as long as what each of them depends on stays as it is.
import type { AssemblyCode } from '../code/model.js';
import { isFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import type { ProjectFile } from '../packages/project-file.js';
import { declarationOf, type Location } from '../project/build-project.js';
import type { CodeMemory } from '../project/code-memory.js';
import type { DeployedAssembly, Project, ScriptFile, Server } from '../project/project.js';
import { keepOneMore } from '../project/kept.js';
import type { Requirements } from '../project/requirements.js';
import { isSame, watched, type Trace } from '../project/watch.js';
import { once } from './once.js';
import type { DeclaredAssembly, Finding, ProjectRule } from './rule.js';
import {
  findingOfCode,
  projectRulesFor,
  runCodeRules,
  runPlacedRules,
  runProjectFileRules,
  runProjectRule,
  runScriptRules,
  type CodeReport,
  type Run,
} from './runner.js';

/** Of one set of rules and one server: settings that change make it anew. */
export class RuleMemory {
  readonly #run: Run;
  readonly #server: Server;
  readonly #memory: CodeMemory;
  readonly #ofFile = new WeakMap<ScriptFile | ProjectFile, readonly Finding[]>();
  readonly #placed = new WeakMap<ScriptFile, Answer>();
  readonly #ofRule = new WeakMap<ProjectRule, Answer>();
  #told: ReadonlyMap<string, Told> = new Map();
  readonly #ofReports = new WeakMap<
    readonly CodeReport[],
    { readonly at: readonly unknown[]; readonly findings: readonly Finding[] }
  >();
  readonly #ofCode = new WeakMap<AssemblyCode, Map<string, readonly CodeReport[]>>();
  readonly #taken = new WeakMap<DeployedAssembly, Answer>();

  constructor(run: Run, server: Server, memory: CodeMemory) {
    this.#run = run;
    this.#server = server;
    this.#memory = memory;
  }

  /** Of rules that look at one file alone; of a project file those in what it imports as well. */
  ofFile(file: ScriptFile | ProjectFile): readonly Finding[] {
    let findings = this.#ofFile.get(file);
    if (!findings) {
      findings =
        'script' in file ? runScriptRules(this.#run, file, this.#server) : runProjectFileRules(this.#run, file);
      this.#ofFile.set(file, findings);
    }
    return findings;
  }

  /** Of rules that look at one script with the project around it. */
  ofScript(file: ScriptFile, project: Project): readonly Finding[] {
    return again(this.#placed, file, project, (seen) => runPlacedRules(this.#run, file, seen));
  }

  /** All that findings take: of the same files and settings the same pieces in the same order. */
  *pieces(project: Project): Generator<Piece> {
    yield* this.preparing(project);
    const answer = answerFor(project);
    const rules = projectRulesFor(this.#run, project);
    yield {
      find: () => rules.map((rule) => this.#ofProjectRule(rule, project)),
      take: (found) => rules.forEach((rule, index) => this.#ofRule.set(rule, answer(found[index]))),
    };
  }

  /** All but the rules about the project. */
  *preparing(project: Project): Generator<Piece> {
    const answer = answerFor(project);
    for (const assembly of project.assemblies)
      yield {
        find: () => [this.ofAssembly(project, assembly)],
        take: ([found]) => this.#taken.set(assembly, answer(found)),
      };
    for (const file of project.scripts)
      yield {
        find: () => [this.ofFile(file), this.ofScript(file, project)],
        take: ([found = none, placed]) => {
          this.#ofFile.set(file, found);
          this.#placed.set(file, answer(placed));
        },
      };
  }

  /** By file: of rules about project files, about code and about the project. What is found again is the same list. */
  ofProject(project: Project): ReadonlyMap<string, readonly Finding[]> {
    const found = new Map<string, Finding[]>();
    const add = (finding: Finding): void => {
      const list = found.get(finding.uri);
      if (list) list.push(finding);
      else found.set(finding.uri, [finding]);
    };
    for (const file of project.projectFiles) this.ofFile(file).forEach(add);
    for (const assembly of project.assemblies) this.ofAssembly(project, assembly).forEach(add);
    for (const rule of projectRulesFor(this.#run, project)) this.#ofProjectRule(rule, project).forEach(add);
    const now = new Map<string, Told>();
    for (const [uri, all] of found) {
      const before = this.#told.get(uri);
      now.set(uri, before && isSame(before.found, all, 1) ? before : { found: all, once: once(all) });
    }
    this.#told = now;
    return new Map([...now].map(([uri, told]) => [uri, told.once]));
  }

  #ofProjectRule(rule: ProjectRule, project: Project): readonly Finding[] {
    return again(this.#ofRule, rule, project, (seen) => runProjectRule(this.#run, rule, seen));
  }

  /** Of rules about code. */
  ofAssembly(project: Project, assembly: DeployedAssembly): readonly Finding[] {
    const taken = this.#taken.get(assembly);
    if (taken?.trace.holds(project)) return taken.findings;
    const { code, codeAt, name, permissionSet, owner, created } = assembly;
    if (!code || !codeAt) return [];
    // The framework's own assemblies are nobody's to review: that they are registered by hand is told.
    const { identity } = code;
    if (isFrameworkAssembly(identity.name, identity.publicKeyToken)) return [];
    const bound = project.boundNamesOf(assembly);
    const referenced = project.referencedBy(assembly);
    const requirements = (): Requirements => this.#memory.requirements(code, bound, referenced);
    const declared = JSON.stringify([
      permissionSet,
      owner,
      name,
      created !== undefined,
      this.#memory.keyOf(code, bound, referenced),
    ]);
    const known = this.#ofCode.get(code) ?? new Map<string, readonly CodeReport[]>();
    this.#ofCode.set(code, known);
    let reports = known.get(declared);
    if (!reports) {
      const unit: DeclaredAssembly = {
        name,
        isCreated: created !== undefined,
        ...(permissionSet && { permissionSet }),
        ...(owner !== undefined && { owner }),
        get requirements() {
          return requirements();
        },
      };
      reports = runCodeRules(this.#run, codeAt.uri, code, unit, this.#server);
      keepOneMore(known, declared, reports);
    }
    const at = {
      bytes: codeAt,
      declaration: declarationOf(assembly),
      of: (other: AssemblyCode) => locationOf(project, other),
    };
    const before = this.#ofReports.get(reports);
    if (before && isSame(before.at, [at.bytes, at.declaration], 3)) return before.findings;
    const findings = reports.map((report) => findingOfCode(report, at));
    // Where another assembly stands is not looked at again.
    if (!reports.some(({ details }) => details.proof?.some((step) => step.code)))
      this.#ofReports.set(reports, { at: [at.bytes, at.declaration], findings });
    return findings;
  }
}

/** What rules find of one assembly or script, or of the project: looked for, or taken from who has done so. */
export interface Piece {
  find(): Found;
  take(found: Found): void;
}

/** Of a script two lists, of the script alone and with the project around it; of the project one of each rule. */
export type Found = readonly (readonly Finding[])[];

const none: readonly Finding[] = [];

/** What was found in a file, and what of it is told. */
interface Told {
  readonly found: readonly Finding[];
  readonly once: readonly Finding[];
}

interface Answer {
  readonly trace: Trace;
  readonly findings: readonly Finding[];
}

/** What others have found is the answer for as long as it is the same project, which it does not keep. */
function answerFor(project: Project): (findings?: readonly Finding[]) => Answer {
  const here = new WeakSet([project]);
  return (findings = none) => ({ trace: { holds: (now) => here.has(now) }, findings });
}

/** What was found the last time, where all that was asked for it is answered as it was. */
function again<K extends object>(
  known: WeakMap<K, Answer>,
  key: K,
  project: Project,
  find: (seen: Project) => readonly Finding[],
): readonly Finding[] {
  const before = known.get(key);
  if (before?.trace.holds(project)) return before.findings;
  const { seen, trace } = watched(project);
  const findings = find(seen);
  known.set(key, { trace, findings });
  return findings;
}

/** Where the bytes of an assembly stand. */
function locationOf({ assemblies, images }: Project, code: AssemblyCode): Location | undefined {
  const deployed = assemblies.find((assembly) => assembly.code === code)?.codeAt;
  const file = images.find(({ image }) => image?.code === code);
  return deployed ?? (file && { uri: file.uri, span: { start: 0, end: 0 } });
}
