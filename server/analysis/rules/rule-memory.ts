// What the rules have found, kept for as long as what each of them depends on stays as it is.
import type { AssemblyCode } from '../code/model.js';
import { isFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import type { ProjectFile } from '../packages/project-file.js';
import { declarationOf, type Location } from '../project/build-project.js';
import type { CodeMemory } from '../project/code-memory.js';
import type { DeployedAssembly, Project, ScriptFile, Server } from '../project/project.js';
import type { Requirements } from '../project/requirements.js';
import type { DeclaredAssembly, Finding } from './rule.js';
import {
  findingOfCode,
  runCodeRules,
  runProjectFileRules,
  runProjectRules,
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
  readonly #ofCode = new WeakMap<AssemblyCode, Map<string, readonly CodeReport[]>>();

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

  /** By file: of rules about project files, about code and about the project. */
  ofProject(project: Project): ReadonlyMap<string, readonly Finding[]> {
    const findings = new Map<string, Finding[]>();
    // Several scripts may create one file's assembly: what is said of its bytes is said once.
    const told = new Set<string>();
    const add = (finding: Finding): void => {
      const key = `${finding.uri} ${finding.span.start} ${finding.rule} ${finding.message}`;
      if (told.has(key)) return;
      told.add(key);
      const list = findings.get(finding.uri);
      if (list) list.push(finding);
      else findings.set(finding.uri, [finding]);
    };
    for (const file of project.projectFiles) this.ofFile(file).forEach(add);
    for (const assembly of project.assemblies) this.#codeFindings(project, assembly).forEach(add);
    runProjectRules(this.#run, project).forEach(add);
    return findings;
  }

  #codeFindings(project: Project, assembly: DeployedAssembly): readonly Finding[] {
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
      known.set(declared, reports);
    }
    const at = {
      bytes: codeAt,
      declaration: declarationOf(assembly),
      of: (other: AssemblyCode) => locationOf(project, other),
    };
    return reports.map((report) => findingOfCode(report, at));
  }
}

/** Where the bytes of an assembly stand. */
function locationOf({ assemblies, images }: Project, code: AssemblyCode): Location | undefined {
  const deployed = assemblies.find((assembly) => assembly.code === code)?.codeAt;
  const file = images.find(({ image }) => image?.code === code);
  return deployed ?? (file && { uri: file.uri, span: { start: 0, end: 0 } });
}
