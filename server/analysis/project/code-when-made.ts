// Which code an assembly has when a routine is bound to it: ALTER ASSEMBLY behind that, in its script or in another, gives code
// that CREATE FUNCTION and its like are never held against.
import type { AssemblyCode } from '../code/model.js';
import type { Statement } from '../tsql/nodes.js';
import type { DeployedAssembly, ScriptFile } from './project.js';
import { rootImagesOf } from './root-images.js';

type CodeOf = (routine: Statement, assembly: DeployedAssembly) => AssemblyCode | undefined;

export class CodeWhenMade {
  /** Of assemblies whose code changes, the statements that give it. */
  readonly #givers = new Map<Statement, DeployedAssembly>();
  /** The last of them. */
  readonly #last = new Map<DeployedAssembly, Statement>();

  constructor(assemblies: readonly DeployedAssembly[]) {
    for (const assembly of assemblies) {
      const { created, altered } = assembly;
      const giving = altered.filter(({ statement }) => statement.from);
      const last = giving.at(-1);
      if (!created || !last) continue;
      this.#last.set(assembly, last.statement);
      for (const { statement } of [created, ...giving]) this.#givers.set(statement, assembly);
    }
  }

  /** Of one script, whose routines are asked for in its order. */
  in(file: ScriptFile): CodeOf {
    if (this.#givers.size === 0) return (_, { code }) => code;
    const { steps } = file.timeline;
    const images = rootImagesOf(file);
    const current = new Map<DeployedAssembly, Statement>();
    let at = 0;
    return (routine, assembly) => {
      const end = file.timeline.stepOf(routine)?.index ?? 0;
      for (; at < end; at++) {
        const statement = steps[at]?.statement;
        const given = statement && this.#givers.get(statement);
        if (statement && given) current.set(given, statement);
      }
      const giver = current.get(assembly);
      // What the script finds there, or what the assembly ends with.
      return !giver || giver === this.#last.get(assembly) ? assembly.code : images.get(giver)?.code;
    };
  }
}
