// What the compiler makes is seen through: which member of the source a generated type or method belongs to.
// Names of Roslyn, csc and mcs: `<Main>d__1::MoveNext`, `<>c__DisplayClass0_0::<Main>b__0`, `<Main>c__Iterator0`, `<Main>m__0`.
import { memberName, type MethodDef, type TypeDef } from './model.js';

export interface SourceMember {
  /** `Namespace.Type::Member`. */
  readonly name: string;
  /** What the compiler made of it; undefined where the method is the source's own. */
  readonly made?: 'state machine' | 'lambda' | 'local function' | 'closure';
}

/** `M` of `<M>d__1`; the outermost of nested ones (`<<M>b__0>d`). */
const made = /^<+([^<>]+)>/;

export function sourceMemberOf(type: TypeDef, method: MethodDef): SourceMember {
  const outer = outerType(type.name);
  const ofMethod = made.exec(method.name)?.[1];
  if (ofMethod) {
    const kind = method.name.includes('>g__') ? 'local function' : 'lambda';
    return { name: `${outer}::${ofMethod}`, made: kind };
  }
  const nested = type.name.slice(outer.length + 1);
  if (nested === '') return { name: memberName(type, method) };
  for (const segment of nested.split('+')) {
    const member = made.exec(segment)?.[1];
    if (member) return { name: `${outer}::${member}`, made: isClosure(segment) ? 'lambda' : 'state machine' };
  }
  return { name: memberName(type, method), made: 'closure' };
}

/** `<Main>c__AnonStorey0`: where mcs keeps what a lambda uses of its method, and the lambda. */
function isClosure(segment: string): boolean {
  return segment.includes('>c__AnonStorey');
}

/** The type without the nested ones that no source can name. */
function outerType(name: string): string {
  const generated = name.search(/\+[^+]*</);
  return generated < 0 ? name : name.slice(0, generated);
}
