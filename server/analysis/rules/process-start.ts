import { memberName } from '../code/model.js';
import { constantsOf } from '../code/values.js';
import { nativeImports, notableUses } from '../project/notable-uses.js';
import { toldOnce } from '../project/proof.js';
import type { ApiUse } from '../project/api-uses.js';
import type { CodeRule } from './rule.js';

export const processStart: CodeRule = {
  name: 'process-start',
  summary:
    'The code starts processes, which run as the SQL Server service account outside of what SQL Server controls.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [78, 250],
  on: 'code',
  check(code, report, { requirements }) {
    const commandOf = ({ node, operation }: ApiUse): string => {
      const [first] = operation.kind === 'call' ? operation.arguments : [];
      const [command] = (first && constantsOf(code.graph, node, first)) ?? [];
      return typeof command === 'string' ? ` and starts ${command}` : '';
    };
    for (const { first, place, where, also } of toldOnce(notableUses(requirements, 'process')))
      report(place, `${where} calls ${first.text}${commandOf(first)}${also}`);
    for (const { type, method, function: native, library } of nativeImports(code, 'process'))
      report(method.place, `${memberName(type, method)} is ${native.name} in ${library}, which ${native.does}`);
  },
};
