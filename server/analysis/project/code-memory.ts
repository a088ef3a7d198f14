// What was found out about an assembly's code, kept while its bytes and its routines stay as they are.
import type { BoundName } from '../code/entry-points.js';
import type { Referenced } from '../code/linked-graph.js';
import type { AssemblyCode } from '../code/model.js';
import type { ApiUse } from './api-uses.js';
import type { ColumnUse, OrdinaryReading } from '../tsql/ordinary-nodes.js';
import type { CodeAnalysis } from './code-analysis.js';
import type { ScriptFile } from './project.js';
import { keepOneMore, Kept } from './kept.js';
import type { Requirements } from './requirements.js';

/** What it refers to is not looked into. */
const nothing: Referenced = () => undefined;

export class CodeMemory {
  readonly analysis: () => CodeAnalysis;
  readonly kept = new Kept();
  readonly #ordinary = new WeakMap<ScriptFile, OrdinaryReading>();
  readonly #columnUses = new WeakMap<ScriptFile, readonly ColumnUse[]>();
  readonly #uses = new WeakMap<AssemblyCode, readonly ApiUse[]>();
  readonly #numbers = new WeakMap<AssemblyCode, number>();
  #last = 0;
  readonly #requirements = new WeakMap<AssemblyCode, Map<string, Requirements>>();

  constructor(analysis: () => CodeAnalysis) {
    this.analysis = analysis;
  }

  uses(code: AssemblyCode): readonly ApiUse[] {
    let uses = this.#uses.get(code);
    if (!uses) {
      uses = this.analysis().apiUsesOf(code);
      this.#uses.set(code, uses);
    }
    return uses;
  }

  ordinary(file: ScriptFile): OrdinaryReading {
    let reading = this.#ordinary.get(file);
    if (!reading) {
      reading = this.analysis().readOrdinary(file.text, file.script);
      this.#ordinary.set(file, reading);
    }
    return reading;
  }

  columnUses(file: ScriptFile): readonly ColumnUse[] {
    let uses = this.#columnUses.get(file);
    if (!uses) {
      uses = this.analysis().readColumnUses(file.text, file.script);
      this.#columnUses.set(file, uses);
    }
    return uses;
  }

  assumptions(...of: Parameters<CodeAnalysis['assumptionsOf']>): ReturnType<CodeAnalysis['assumptionsOf']> {
    return this.analysis().assumptionsOf(...of);
  }

  /** `referenced` answers the same for the same assembly as long as the project is the same. */
  requirements(code: AssemblyCode, bound: readonly BoundName[], referenced: Referenced = nothing): Requirements {
    const known = this.#requirements.get(code) ?? new Map<string, Requirements>();
    this.#requirements.set(code, known);
    const key = this.keyOf(code, bound, referenced);
    let requirements = known.get(key);
    if (!requirements) {
      requirements = this.analysis().requirementsOf(
        code,
        this.uses(code),
        bound,
        { referenced, usesOf: (other) => this.uses(other) },
        this.analysis,
      );
      keepOneMore(known, key, requirements);
    }
    return requirements;
  }

  /** What an assembly's requirements hang on besides its code. */
  keyOf(code: AssemblyCode, bound: readonly BoundName[], referenced: Referenced): string {
    const names = bound.map(
      (name) => `${name.kind ?? ''} ${name.class}::${name.method ?? ''} ${name.isForAdministrators ?? ''}`,
    );
    const all = new Set([code]);
    const links: string[] = [];
    for (const one of all) {
      for (const { name } of one.references) {
        const other = referenced(one, name);
        if (!other) continue;
        all.add(other);
        links.push(`${this.#number(one)}>${this.#number(other)}`);
      }
    }
    return `${names.join()} ${links.join()}`;
  }

  #number(code: AssemblyCode): number {
    const number = this.#numbers.get(code) ?? ++this.#last;
    this.#numbers.set(code, number);
    return number;
  }
}
