// What was found out about an assembly's code, kept while its bytes and its routines stay as they are.
import type { BoundName } from '../code/entry-points.js';
import type { AssemblyCode } from '../code/model.js';
import { apiUsesOf, type ApiUse } from './api-uses.js';
import { requirementsOf, type Requirements } from './requirements.js';

export class CodeMemory {
  readonly #uses = new WeakMap<AssemblyCode, readonly ApiUse[]>();
  readonly #requirements = new WeakMap<AssemblyCode, Map<string, Requirements>>();

  uses(code: AssemblyCode): readonly ApiUse[] {
    let uses = this.#uses.get(code);
    if (!uses) {
      uses = apiUsesOf(code);
      this.#uses.set(code, uses);
    }
    return uses;
  }

  requirements(code: AssemblyCode, bound: readonly BoundName[]): Requirements {
    const known = this.#requirements.get(code) ?? new Map<string, Requirements>();
    this.#requirements.set(code, known);
    const key = bound.map((name) => `${name.kind ?? ''} ${name.class}::${name.method ?? ''}`).join();
    let requirements = known.get(key);
    if (!requirements) {
      requirements = requirementsOf(code, this.uses(code), bound);
      known.set(key, requirements);
    }
    return requirements;
  }
}
