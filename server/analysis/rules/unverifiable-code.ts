import { memberName, placeIn } from '../code/model.js';
import { isMarkedUnverifiable, overlappingReferences, unverifiableIn } from '../code/unverifiable.js';
import { ilLabel } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const unverifiableCode: CodeRule = {
  name: 'unverifiable-code',
  summary: 'The code is compiled as unsafe, or no verifier accepts it; only UNSAFE assemblies may hold such code.',
  topic: 'host-protection',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6218],
  on: 'code',
  check(code, report, { permissionSet }) {
    if (permissionSet === 'UNSAFE') return;
    const severity = permissionSet ? 'error' : 'information';
    const marked = [...code.moduleAttributes, ...code.attributes];
    if (isMarkedUnverifiable(marked))
      report(marked[0]?.place ?? { kind: 'image', token: 1 }, `${code.identity.name} is compiled as unsafe code`, {
        severity,
        sqlErrors: [6205],
      });
    for (const node of code.graph.nodes.values()) {
      const [first, ...others] = unverifiableIn(node);
      if (!first) continue;
      const place = placeIn(node.method, first.operation);
      const at = place.kind === 'image' ? ` at ${ilLabel(first.operation.at)}` : '';
      const more = others.length === 0 ? '' : `, and ${others.length} more`;
      report(place, `${memberName(node.type, node.method)} ${first.cause}${at}${more}`, { severity });
    }
    for (const type of code.types)
      for (const [reference, other] of overlappingReferences(type))
        report(type.place, `${type.name} lays ${reference} over ${other}, a reference over what is none`, { severity });
  },
};
