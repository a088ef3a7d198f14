import type { AssemblyCode } from '../code/model.js';
import { valuesOf } from '../code/values.js';
import { findPlaceOpener, findSensitivePlace } from '../knowledge/sensitive-places.js';
import { importText, nativeImports, notableUses } from '../project/notable-uses.js';
import { toldOnce, whereOf } from '../project/proof.js';
import type { ApiUse } from '../project/api-uses.js';
import { textsGiven } from '../project/string-arguments.js';
import type { CodeRule } from './rule.js';

export const sensitiveSystemAccess: CodeRule = {
  name: 'sensitive-system-access',
  summary: 'The code reaches for credentials, tokens, password hashes or security logs of the system.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [522, 250],
  on: 'code',
  check(code, report, { requirements }) {
    for (const native of nativeImports(code, 'credentials')) report(native.method.place, importText(native));
    for (const { first, place, where, also } of toldOnce(notableUses(requirements, 'protected data')))
      report(place, `${where} decrypts protected data by ${first.text}${also}`);
    for (const { first, place, where, also } of toldOnce(notableUses(requirements, 'debug privilege')))
      report(place, `${where} takes the right to debug any process by ${first.text}${also}`);
    for (const use of requirements.uses) {
      const { type, name } = use.member;
      const opener = type.kind === 'named' ? findPlaceOpener(type.name, name) : undefined;
      if (!opener) continue;
      const isRoot = opener.kind !== 'registry' || isInMachine(code, use);
      const [place] = textsGiven(code, use, opener.argument).flatMap(
        (text) => findSensitivePlace(opener.kind, text, isRoot) ?? [],
      );
      if (place) report(use.place, `${whereOf(use)} reaches ${place.what} by ${use.text}`);
    }
  },
};

/** What is opened is a hive of the machine: `Registry.LocalMachine`, `OpenBaseKey`, or a whole path. */
function isInMachine(code: AssemblyCode, { node, operation }: ApiUse): boolean {
  const instance = operation.kind === 'call' ? operation.instance : undefined;
  if (!instance) return true;
  return valuesOf(code.graph, node, instance).some(
    (value) =>
      (value.kind === 'field' && value.field.name === 'LocalMachine') ||
      (value.kind === 'result' &&
        (value.operation.method.name === 'OpenBaseKey' || value.operation.method.name === 'OpenRemoteBaseKey')),
  );
}
