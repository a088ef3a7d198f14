import { memberName } from '../code/model.js';
import { parametersOf, type BoundMethod } from '../project/bound-methods.js';
import { declaredParameter } from '../project/routine-declaration.js';
import { TypePairs } from '../project/type-pairs.js';
import type { Fix, PlacedRule } from './rule.js';

export const parameterCountMismatch: PlacedRule = {
  name: 'parameter-count-mismatch',
  summary:
    'A routine has more or fewer parameters than the method it is bound to, or a trigger is bound to one that has any.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6531, 6550],
  on: 'script-in-project',
  check(file, project, report) {
    const pairs = new TypePairs(project);
    for (const bound of project.boundMethodsIn(file)) {
      const { routine, statement, type, method } = bound;
      const { name, externalName } = routine;
      const count = method.parameters.length;
      const own = memberName(type, method);
      if (routine.kind === 'trigger') {
        if (count > 0)
          report((externalName.method ?? name).span, `${own} has ${counted(count)}, and a trigger has none`, {
            sqlErrors: [6531],
          });
        continue;
      }
      const declared = parametersOf(statement).length;
      if (declared === count) continue;
      const fix = fixOf(bound, pairs);
      const what = `${name.last.value} has ${counted(declared)}, and ${own} has ${count === 0 ? 'none' : count}`;
      report(name.span, what, { sqlErrors: [6550], ...(fix && { fix }) });
    }
  },
};

function counted(count: number): string {
  return count === 0 ? 'no parameter' : count === 1 ? '1 parameter' : `${count} parameters`;
}

/** Where those that both have surely are the same; whoever calls it has to know of the others. */
function fixOf({ routine, statement, method }: BoundMethod, pairs: TypePairs): Fix | undefined {
  const declared = parametersOf(statement);
  const wanted = method.parameters;
  const both = declared.slice(0, wanted.length);
  const agree = both.every((one, index) => {
    const type = wanted[index]?.type;
    const isReference = type?.kind === 'byReference';
    return type && isReference === one.output && pairs.of(one.type, isReference ? type.element : type) === 'same';
  });
  const lastKept = both.at(-1);
  const last = declared.at(-1);
  if (!agree || !last) return undefined;
  const title = 'Declare the parameters that the method has';
  if (declared.length > wanted.length) {
    const start = lastKept ? lastKept.span.end : declared[0]?.span.start;
    return start === undefined
      ? undefined
      : { title, edits: [{ at: { start, end: last.span.end }, text: '' }], needsReview: true };
  }
  const added = wanted.slice(both.length).map((one, index) => declaredParameter(one, both.length + index));
  if (added.includes(undefined)) return undefined;
  // A function has nothing to give back by a parameter.
  if (routine.kind === 'function' && wanted.some(({ type }) => type.kind === 'byReference')) return undefined;
  const at = { start: last.span.end, end: last.span.end };
  return { title, edits: [{ at, text: added.map((one) => `, ${one ?? ''}`).join('') }], needsReview: true };
}
