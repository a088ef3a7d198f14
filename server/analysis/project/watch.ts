// What an answer rests on: the questions that it took, with what the project said to each. It holds for as long as another project
// says the same, whatever else has changed in it.
import type { Project } from './project.js';

export interface Trace {
  holds(project: Project): boolean;
}

/** Says what the project says, and takes note of it until the answer is found: nobody may keep `seen`. */
export function watched(project: Project): { readonly seen: Project; readonly trace: Trace } {
  const questions: Question[] = [];
  let { routines } = project;
  const holds = (now: Project): boolean => {
    const isBoundSo = now.routines === routines;
    const isSo = questions.every(
      (question) => (isBoundSo && ofBindings.has(question.name)) || isAnsweredSo(question, now),
    );
    if (isSo) ({ routines } = now);
    return isSo;
  };
  return { seen: view(project, [], questions), trace: { holds } };
}

/** What is asked of a part of the project rather than for the whole of it. */
const parts: ReadonlySet<PropertyKey> = new Set(['byName', 'byIdentity', 'calls', 'ordinaryNames', 'types']);

/** What is answered so for as long as what scripts bind, and to which code, is the same list. */
const ofBindings: ReadonlySet<PropertyKey> = new Set([
  'bindsCode',
  'boundMethods',
  'boundMethodsIn',
  'boundTypes',
  'find',
  'isEmpty',
  'method',
  'routine',
  'routines',
  'routinesIn',
]);

/** What is always answered so of one file, whatever the project. */
const ofOneFile: ReadonlySet<PropertyKey> = new Set(['columnUsesOf', 'ordinaryOf']);

type Path = readonly PropertyKey[];

interface Question {
  /** The names that lead from the project to the part that was asked: a trace keeps no project from before. */
  readonly of: Path;
  readonly name: PropertyKey;
  /** Undefined where it is no method. */
  readonly given: readonly unknown[] | undefined;
  readonly answer: unknown;
}

function view<T extends object>(part: T, of: Path, questions: Question[]): T {
  const asked = new Asked();
  const ask = (name: PropertyKey, given: readonly unknown[] | undefined, answer: unknown): unknown => {
    if (!ofOneFile.has(name) && asked.isNew(name, given)) questions.push({ of, name, given, answer });
    return answer;
  };
  return new Proxy(part, {
    get: (_, name): unknown => {
      const value: unknown = Reflect.get(part, name, part);
      if (typeof value === 'function')
        return (...given: readonly unknown[]): unknown => ask(name, given, Reflect.apply(value, part, given));
      if (parts.has(name) && isObject(value)) return view(value, [...of, name], questions);
      return ask(name, undefined, value);
    },
  });
}

/** What has been asked already, with one argument or with none. */
class Asked {
  readonly #given = new Map<PropertyKey, Set<unknown>>();

  isNew(name: PropertyKey, given: readonly unknown[] = []): boolean {
    if (given.length > 1) return true;
    const known = this.#given.get(name) ?? new Set();
    this.#given.set(name, known);
    const { size } = known;
    return known.add(given[0]).size > size;
  }
}

function partOf(whole: object, name: PropertyKey): object {
  const part: unknown = Reflect.get(whole, name, whole);
  if (!isObject(part)) throw new TypeError(`${String(name)} is no part of a project`);
  return part;
}

function isAnsweredSo({ of, name, given, answer }: Question, project: Project): boolean {
  const part = of.reduce(partOf, project);
  const value: unknown = Reflect.get(part, name, part);
  return isSame(given && typeof value === 'function' ? Reflect.apply(value, part, given) : value, answer, 1);
}

/** Whether two values are one, or lists and plain objects of the same; what is further down than `depth` is to be one. */
export function isSame(one: unknown, other: unknown, depth: number): boolean {
  if (Object.is(one, other)) return true;
  if (depth === 0 || !isObject(one) || !isObject(other)) return false;
  const prototype: unknown = Object.getPrototypeOf(one);
  if (prototype !== Object.getPrototypeOf(other)) return false;
  if (Array.isArray(one) && Array.isArray(other))
    return (
      one.length === other.length &&
      one.every((item, index) => Object.is(item, other[index]) || isSame(item, other[index], depth - 1))
    );
  if (prototype !== Object.prototype) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSameIn(one, other, name, depth - 1));
}

/** What is read when it is asked for is not read to compare it. */
function isSameIn(one: object, other: object, name: string, depth: number): boolean {
  const [a, b] = [one, other].map((of) => Object.getOwnPropertyDescriptor(of, name));
  return a !== undefined && b !== undefined && !a.get && !b.get && isSame(a.value, b.value, depth);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
