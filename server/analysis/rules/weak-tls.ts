import type { Operand } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { fixesBy, type Change } from '../code/remedy.js';
import { constantsOf, definitionOf } from '../code/values.js';
import {
  protocolTypes,
  soundProtocol,
  weakeningSwitches,
  weakProtocolMembers,
  weakProtocols,
} from '../knowledge/tls.js';
import type { ApiUse } from '../project/api-uses.js';
import { whereOf } from '../project/proof.js';
import { textsGiven } from '../project/string-arguments.js';
import type { CodeRule } from './rule.js';

export const weakTls: CodeRule = {
  name: 'weak-tls',
  summary: 'The code allows SSL, TLS 1.0 or TLS 1.1, which are broken.',
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [327],
  on: 'code',
  check(code, report, { requirements }) {
    for (const use of requirements.uses) {
      const { member, operation, node } = use;
      if (operation.kind !== 'call') continue;
      const at = member.parameters.findIndex((type) => type.kind === 'named' && protocolTypes.has(type.name));
      const given = operation.arguments[at];
      const bits = given ? bitsIn(node, given) : 0;
      const names = weakProtocols.filter((protocol) => (bits & protocol.bits) !== 0).map(({ name }) => name);
      if (names.length > 0)
        report(
          use.place,
          `${whereOf(use)} allows ${listed(names)} by ${use.text}`,
          fixesBy(code, {
            title: `Allow ${soundProtocol.name} (.NET Framework ${soundProtocol.since}) instead of ${listed(names)}`,
            changes: soundly(use, at),
            needsReview: true,
          }),
        );
      const off = turnedOff(use);
      if (off !== undefined) report(use.place, `${whereOf(use)} allows weak protocols by the switch ${off}`);
    }

    /** Bits that are surely set at least once; an `|=` sets those it adds. */
    function bitsIn(node: MethodNode, operand: Operand): number {
      const definition = definitionOf(node, operand);
      if (definition?.kind === 'compute' && definition.operator === 'or')
        return definition.operands.reduce((bits, part) => bits | bitsIn(node, part), 0);
      const constants = constantsOf(code.graph, node, operand) ?? [];
      return constants.reduce<number>((bits, value) => (typeof value === 'number' ? bits | value : bits), 0);
    }

    function turnedOff(use: ApiUse): string | undefined {
      const { member, operation, node } = use;
      if (member.name !== 'SetSwitch' || member.type.kind !== 'named' || member.type.name !== 'System.AppContext')
        return undefined;
      const on = operation.kind === 'call' ? operation.arguments[1] : undefined;
      if (!on || !constantsOf(code.graph, node, on)?.includes(1)) return undefined;
      return textsGiven(code, use, 0).find((name) => weakeningSwitches.has(name));
    }
  },
};

function soundly({ place, member }: ApiUse, argument: number): readonly Change[] {
  const type = member.parameters[argument];
  if (type?.kind !== 'named') return [];
  const { member: by, since } = soundProtocol;
  return [{ kind: 'replaceMembers', call: place, argument, type: type.name, weak: weakProtocolMembers, by, since }];
}

/** `SSL 3 and TLS 1.0`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
