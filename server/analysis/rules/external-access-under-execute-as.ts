import { reachFrom } from '../code/reachability.js';
import { reachedOutside } from '../project/outside-access.js';
import { whereOf } from '../project/proof.js';
import type { BoundRoutine } from '../project/project.js';
import { entriesOf } from '../project/routine-reach.js';
import type { PlacedRule } from './rule.js';

export const externalAccessUnderExecuteAs: PlacedRule = {
  name: 'external-access-under-execute-as',
  summary:
    'A routine created WITH EXECUTE AS reaches outside, which SQL Server denies to a context that is not the original caller.',
  topic: 'impersonation',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  on: 'script-in-project',
  check(file, project, report) {
    for (const routine of project.routinesIn(file)) {
      const { assembly, statement } = routine;
      const clause = 'executeAs' in statement ? statement.executeAs : undefined;
      const requirements = clause && clause.context !== 'CALLER' && assembly && project.requirementsOf(assembly);
      // Declared SAFE it reaches nothing outside, whoever calls.
      if (!requirements || !assembly.code || assembly.permissionSet === 'SAFE') continue;
      const entry = entriesOf(requirements).find((one) => isNamed(routine, one.type.name, one.method.name));
      const reached = entry && reachFrom(assembly.code.graph, [entry]);
      const use = requirements.uses.find((one) => reached?.has(one.node.method) && reachedOutside(one) !== undefined);
      if (!use) continue;
      const at = use.place.kind === 'source' ? use.place : assembly.codeAt;
      report(
        clause.span,
        `${statement.name.last.value} runs in another context than its caller's, where ${whereOf(use)} may not reach ${reachedOutside(use) ?? ''}`,
        { related: at ? [{ uri: at.uri, span: at.span, message: `${whereOf(use)} calls ${use.text}` }] : [] },
      );
    }
  },
};

function isNamed({ externalName: { className, method } }: BoundRoutine, type: string, name: string): boolean {
  return className?.value === type && method?.value === name;
}
