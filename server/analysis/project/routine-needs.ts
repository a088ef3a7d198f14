// What some ways into an assembly need by themselves, whatever else it has.
import type { EntryPoint } from '../code/entry-points.js';
import type { AssemblyCode, MethodDef } from '../code/model.js';
import { reachFrom, type Reachability } from '../code/reachability.js';
import type { ApiUse } from './api-uses.js';
import { byWeight, reasonsOfUses, type Reason, type Requirements } from './requirements.js';

export class RoutineNeeds {
  readonly #code: AssemblyCode;
  readonly #beyond: readonly Reason[];
  readonly #uses = new Map<MethodDef, ApiUse[]>();

  constructor(code: AssemblyCode, { uses, reasons }: Requirements) {
    this.#code = code;
    this.#beyond = reasons.filter(({ beyond }) => beyond);
    for (const use of uses) {
      const known = this.#uses.get(use.node.method);
      if (known) known.push(use);
      else this.#uses.set(use.node.method, [use]);
    }
  }

  /** What CREATE ASSEMBLY looks at, called or not, is not among the reasons. */
  of(entries: readonly EntryPoint[]): RoutineNeed {
    const reachability = reachFrom(this.#code.graph, entries);
    const uses = [...reachability.keys()].flatMap((method) => this.#uses.get(method) ?? []);
    const beyond = this.#beyond.filter(({ use }) => use && reachability.has(use.node.method));
    return { reasons: [...reasonsOfUses(uses, reachability).reached, ...beyond].sort(byWeight), uses, reachability };
  }
}

export interface RoutineNeed {
  /** Strongest first. */
  readonly reasons: readonly Reason[];
  readonly uses: readonly ApiUse[];
  readonly reachability: Reachability;
}
