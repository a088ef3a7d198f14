// What a project says again as the one before it said it: the same object, so that nobody who asked for it has to ask again.
import { boundMethodOf, type BoundMethod } from './bound-methods.js';
import { bindingsIn, type Binding } from './routine-bindings.js';
import type { BoundRoutine, DeployedAssembly, Project, ScriptFile } from './project.js';
import { isSame, watched, type Trace } from './watch.js';

export class Kept {
  readonly #assemblies = new WeakMap<object, readonly DeployedAssembly[]>();
  readonly #routines = new WeakMap<object, readonly BoundRoutine[]>();
  #all: readonly BoundRoutine[] = [];
  readonly #bindings = new WeakMap<ScriptFile, readonly Binding[]>();
  readonly #methods = new WeakMap<BoundRoutine, { readonly method: BoundMethod | undefined }>();
  readonly #answers = new Map<string, { readonly trace: Trace; readonly answer: unknown }>();

  assembly(assembly: DeployedAssembly): DeployedAssembly {
    const { created, image, code } = assembly;
    // A statement may create several, with the bytes of each.
    const key = image ?? created?.statement ?? code;
    return key ? same(this.#assemblies, key, assembly, 3) : assembly;
  }

  routine(routine: BoundRoutine): BoundRoutine {
    return same(this.#routines, routine.statement, routine, 1);
  }

  /** All of a project. */
  routines(routines: readonly BoundRoutine[]): readonly BoundRoutine[] {
    if (!isSame(this.#all, routines, 1)) this.#all = routines;
    return this.#all;
  }

  bindings(file: ScriptFile): readonly Binding[] {
    let known = this.#bindings.get(file);
    if (!known) {
      known = bindingsIn(file);
      this.#bindings.set(file, known);
    }
    return known;
  }

  method(routine: BoundRoutine): BoundMethod | undefined {
    let known = this.#methods.get(routine);
    if (!known) {
      known = { method: boundMethodOf(routine) };
      this.#methods.set(routine, known);
    }
    return known.method;
  }

  /** What is found out by looking at much of a project, as long as that would be seen again. */
  answer<T>(name: string, project: Project, find: (seen: Project) => T): T {
    const known = this.#answers.get(name);
    // Under one name there is always the same type.
    if (known?.trace.holds(project)) return known.answer as T;
    const { seen, trace } = watched(project);
    const answer = find(seen);
    this.#answers.set(name, { trace, answer });
    return answer;
  }
}

/** As one before it with the same key was, of the last few. */
function same<T extends object>(known: WeakMap<object, readonly T[]>, key: object, now: T, depth: number): T {
  const before = known.get(key) ?? [];
  const found = before.find((one) => isSame(one, now, depth));
  if (!found) known.set(key, [now, ...before.slice(0, mostKept - 1)]);
  return found ?? now;
}

/** One literal may stand for several assemblies, and trials have others still. */
const mostKept = 8;

/** As one of the last few: of what an assembly refers to there is another after each edit of that. */
export function keepOneMore<T>(known: Map<string, T>, key: string, value: T): void {
  const [oldest] = known.keys();
  if (known.size >= mostKept && oldest !== undefined) known.delete(oldest);
  known.set(key, value);
}
