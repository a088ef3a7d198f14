import { parameterNames } from '../code/names.js';
import { fixesBy, type Change, type WrittenValue } from '../code/remedy.js';
import type { Value } from '../code/values.js';
import {
  defaultLimit,
  hasNestedRepetition,
  limitsSince,
  regexType,
  unlimitedPattern,
} from '../knowledge/regular-expressions.js';
import type { ApiUse } from '../project/api-uses.js';
import { notableUses } from '../project/notable-uses.js';
import { toldOnce } from '../project/proof.js';
import { entriesOf } from '../project/routine-reach.js';
import { textsGiven } from '../project/string-arguments.js';
import { sourceOf } from '../project/text-sources.js';
import { shownString } from '../text/shown.js';
import type { CodeRule } from './rule.js';

export const regexWithoutTimeout: CodeRule = {
  name: 'regex-without-timeout',
  summary: 'A regular expression that its caller gives, or that can run for ever, is matched without a time limit.',
  topic: 'hygiene',
  severity: 'information',
  phase: 'review',
  cwe: [1333],
  on: 'code',
  check(code, report, { requirements }, { target }) {
    const found = new Map<ApiUse, string>();
    const entries = new Set(entriesOf(requirements).map(({ method }) => method));
    for (const use of requirements.uses) {
      const what = requirements.reachability.has(use.node.method) ? patternOf(use) : undefined;
      if (what !== undefined) found.set(use, what);
    }
    if (found.size === 0 || hasDefaultLimit()) return;
    const key = (use: ApiUse): string => `${use.text} ${found.get(use) ?? ''}`;
    for (const { first, all, place, where, also } of toldOnce([...found.keys()], key))
      report(place, `${where} matches ${found.get(first) ?? ''} without a time limit by ${first.text}${also}`, {
        ...(target.runtimes.includes('v4.') &&
          fixesBy(code, {
            title: `Give up after a second with a RegexMatchTimeoutException (.NET Framework ${limitsSince})`,
            changes: all.map(limited),
            needsReview: true,
          })),
      });

    function patternOf({ member, node, operation }: ApiUse): string | undefined {
      const { type, name, isStatic } = member;
      if (type.kind !== 'named' || type.name !== regexType) return undefined;
      const at = unlimitedPattern(name, isStatic, parameterNames(member));
      const pattern = at !== undefined && operation.kind === 'call' ? operation.arguments[at] : undefined;
      return pattern && sourceOf(code.graph, node, pattern, { value: riskOf });
    }

    function riskOf(value: Value): string | undefined {
      if (value.kind === 'parameter')
        return entries.has(value.node.method) ? 'a pattern that its caller gives' : undefined;
      const text = value.kind === 'constant' && typeof value.value === 'string' ? value.value : '';
      return hasNestedRepetition(text) ? shownString(text, longestPattern) : undefined;
    }

    function hasDefaultLimit(): boolean {
      return notableUses(requirements, 'domain state').some((use) => textsGiven(code, use, 0).includes(defaultLimit));
    }
  },
};

const longestPattern = 60;

function limited({ place, member }: ApiUse): Change {
  const values = parameterNames(member).includes('RegexOptions') ? [oneSecond] : [noOptions, oneSecond];
  return { kind: 'addArguments', call: place, values, since: limitsSince };
}

const noOptions: WrittenValue = { kind: 'member', type: 'System.Text.RegularExpressions.RegexOptions', name: 'None' };
const oneSecond: WrittenValue = {
  kind: 'call',
  type: 'System.TimeSpan',
  name: 'FromSeconds',
  arguments: [{ kind: 'constant', value: 1 }],
};
