import { isVoid, memberName, type TypeRef } from '../code/model.js';
import type { BoundMethod } from '../project/bound-methods.js';
import { declaredInstead, isStatus } from '../project/routine-declaration.js';
import { builtInName, isNeverMapped, isNeverTaken, managedName, typeText, TypePairs } from '../project/type-pairs.js';
import type { Details, PlacedRule } from './rule.js';
import type { Span } from '../text/span.js';

export const returnTypeMismatch: PlacedRule = {
  name: 'return-type-mismatch',
  summary: 'A routine returns what SQL Server does not take for what its method returns.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [2733, 6500, 6551, 6563, 6567],
  on: 'script-in-project',
  check(file, project, report) {
    const pairs = new TypePairs(project);
    for (const bound of project.boundMethodsIn(file)) {
      const found = mismatch(bound, pairs);
      if (found) report(found.at, found.what, found.details);
    }
  },
};

interface Mismatch {
  readonly at: Span;
  readonly what: string;
  readonly details: Details;
}

function mismatch({ routine, statement, type, method }: BoundMethod, pairs: TypePairs): Mismatch | undefined {
  const { returns } = method;
  const own = `${memberName(type, method)} returns ${shown(returns)}`;
  const at = (routine.externalName.method ?? routine.name).span;
  if (returns.kind === 'unknown') return undefined;
  if (routine.kind === 'trigger')
    return isVoid(returns)
      ? undefined
      : { at, what: `${own}, and the method of a trigger returns nothing`, details: { sqlErrors: [6500] } };
  if (routine.kind === 'procedure')
    return isStatus(returns) || isOwn(returns)
      ? undefined
      : { at, what: `${own}, and that of a procedure returns int or nothing`, details: { sqlErrors: [6567] } };
  const declared = 'returns' in statement ? statement.returns : undefined;
  if (!declared) return undefined;
  if (declared.kind === 'table')
    return mayBeSequence(returns)
      ? undefined
      : { at, what: `${own}, and that of a table is IEnumerable or IEnumerator`, details: { sqlErrors: [6551] } };
  const name = builtInName(declared.type);
  const refused = isNeverTaken(declared.type, 'result');
  const isMapped = managedName(returns) !== undefined || isSequence(returns);
  const isUnmapped = !isMapped && !isVoid(returns) && isNeverMapped(returns);
  if (!refused && !isUnmapped && !isVoid(returns) && !(name !== undefined && isSequence(returns)))
    if (pairs.of(declared.type, returns) !== 'other') return undefined;
  if (refused)
    return { at: declared.type.span, what: `No function returns ${name ?? ''}`, details: { sqlErrors: [2733] } };
  const instead = declaredInstead(declared.type, returns, method.returnAttributes);
  return {
    at: declared.type.span,
    what: `${routine.name.last.value} returns ${typeText(declared.type)}, and ${own}`,
    details: {
      sqlErrors: isUnmapped ? [6563] : isMapped || name === 'varchar' || name === 'char' ? [6551] : [],
      ...(instead && {
        fix: {
          title: `Declare it ${instead.text}`,
          edits: [{ at: declared.type.span, text: instead.text }],
          ...(!instead.isSurelyMeant && { needsReview: true }),
        },
      }),
    },
  };
}

function isSequence(type: TypeRef): boolean {
  return type.kind === 'named' && sequences.has(type.name);
}

/** Texts, arrays and whatever is not known can be enumerated. */
function mayBeSequence(type: TypeRef): boolean {
  const name = managedName(type);
  return isVoid(type) ? false : name === undefined || name === 'String' || name === 'Object' || name.endsWith('[]');
}

const sequences: ReadonlySet<string> = new Set(['System.Collections.IEnumerable', 'System.Collections.IEnumerator']);

/** An enumeration of the assembly, say: whether it passes for its number is not documented. */
function isOwn(type: TypeRef): boolean {
  return type.kind === 'named' && type.assembly === undefined;
}

function shown(type: TypeRef): string {
  if (isVoid(type)) return 'nothing';
  const name = managedName(type);
  if (name !== undefined) return name;
  return type.kind === 'named' ? type.name.slice(type.name.lastIndexOf('.') + 1) : 'another type';
}
