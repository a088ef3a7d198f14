import { placeIn } from '../code/model.js';
import { isMarkedUnverifiable, overlappingReferences, unverifiableIn } from '../code/unverifiable.js';
import { alsoElsewhere, whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const unverifiableCode: CodeRule = {
  name: 'unverifiable-code',
  summary: 'The code is compiled as unsafe, or no verifier accepts it; only UNSAFE assemblies may hold such code.',
  topic: 'host-protection',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6205, 6218],
  on: 'code',
  check(code, report, { permissionSet }) {
    if (permissionSet === 'UNSAFE') return;
    const severity = permissionSet ? 'error' : 'information';
    const refused = { severity, sqlErrors: [6218] } as const;
    const mark = [...code.moduleAttributes, ...code.attributes].find((one) => isMarkedUnverifiable([one]));
    if (mark) report(mark.place, `${code.identity.name} is compiled as unsafe code`, { severity, sqlErrors: [6205] });
    for (const node of code.graph.nodes.values()) {
      const [first, ...others] = unverifiableIn(node);
      if (!first) continue;
      const { cause, operation } = first;
      const where = whereOf({ node, operation });
      report(placeIn(node.method, operation), `${where} ${cause}${alsoElsewhere([first, ...others])}`, refused);
    }
    for (const type of code.types)
      for (const [reference, other] of overlappingReferences(type))
        report(type.place, `${type.name} lays ${reference} over ${other}, a reference over what is none`, refused);
  },
};
