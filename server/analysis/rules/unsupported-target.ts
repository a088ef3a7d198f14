import { argumentsOf } from '../tsql/calls.js';
import { constantOf } from '../tsql/constants.js';
import { statementsOf, type Expression } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const unsupportedTarget: ScriptRule = {
  name: 'unsupported-target',
  summary: 'The chosen server does not have what the statement asks for.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  on: 'script',
  check(file, report, { target }) {
    const checkSources = (sources: readonly Expression[]): void => {
      const source = sources.find((one) => constantOf(file.script, one)?.kind === 'text');
      if (target.clr && !target.fromFile && source)
        report(source.span, `${target.title} takes assemblies as bytes, not from files`);
    };
    for (const { name, from, permissionSet } of statementsOf(file.script, 'createAssembly')) {
      if (!target.clr)
        report(name.span, `${target.title} takes no user assemblies`, {
          sqlErrors: target.refusal === undefined ? [] : [target.refusal],
        });
      else if (!target.aboveSafe && permissionSet?.value && permissionSet.value !== 'SAFE') {
        report(permissionSet.span, `${target.title} takes SAFE assemblies only`, { sqlErrors: [10342] });
      }
      checkSources(from);
    }
    for (const { from } of statementsOf(file.script, 'alterAssembly')) checkSources(from ? [from] : []);
    if (target.strictSecurity) return;
    for (const call of statementsOf(file.script, 'execute')) {
      if (argumentsOf(call, 'sp_add_trusted_assembly', []) && call.procedure)
        report(call.procedure.span, `${target.title} has no list of trusted assemblies`);
    }
  },
};
