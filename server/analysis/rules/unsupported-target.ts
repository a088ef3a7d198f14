import { argumentsOf } from '../tsql/calls.js';
import { constantOf } from '../tsql/constants.js';
import { statementsOf, type AlterAssembly, type CreateAssembly, type Statement } from '../tsql/nodes.js';
import type { ScriptFile } from '../project/project.js';
import { isMakeable } from '../project/signers.js';
import { stepsOf } from '../project/timeline.js';
import type { ScriptRule } from './rule.js';

export const unsupportedTarget: ScriptRule = {
  name: 'unsupported-target',
  summary: 'The chosen server does not have what the statement asks for.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  on: 'script',
  check(file, report, { target }) {
    const contained = target.aboveSafe ? containedIn(file) : new Map<Statement, string>();
    for (const statement of statementsOf(file.script, 'createAssembly', 'alterAssembly')) {
      const { name, permissionSet } = statement;
      if (!target.clr) {
        if (statement.kind === 'createAssembly')
          report(name.span, `${target.title} takes no user assemblies`, {
            sqlErrors: target.refusal === undefined ? [] : [target.refusal],
          });
        continue;
      }
      if (!target.aboveSafe && isAboveSafe(statement) && permissionSet)
        report(permissionSet.span, `${target.title} takes SAFE assemblies only`, { sqlErrors: [10342] });
      const source = sourcesOf(statement).find((one) => constantOf(file.script, one)?.kind === 'text');
      if (!target.fromFile && source) report(source.span, `${target.title} takes assemblies as bytes, not from files`);
      const database = contained.get(statement);
      if (database !== undefined && isAboveSafe(statement) && permissionSet)
        report(
          permissionSet.span,
          `Database ${database} is contained, and Microsoft's documentation has SAFE assemblies only there`,
          { severity: 'information' },
        );
    }
    for (const statement of statementsOf(file.script, 'createAsymmetricKey', 'createCertificate')) {
      const { kind, name, source } = statement;
      if (!target.clr || isMakeable(statement, target)) continue;
      const at = source?.span ?? name.span;
      if (kind === 'createCertificate') report(at, `${target.title} makes certificates from bytes only`);
      // Documented of certificates; of keys it follows from there being no files to reach.
      else report(at, `${target.title} reaches no files to make a key from`, { severity: 'warning' });
    }
    if (target.strictSecurity) return;
    for (const call of statementsOf(file.script, 'execute')) {
      if (argumentsOf(call, 'sp_add_trusted_assembly', []) && call.procedure)
        report(call.procedure.span, `${target.title} has no list of trusted assemblies`);
    }
  },
};

function isAboveSafe({ permissionSet }: CreateAssembly | AlterAssembly): boolean {
  return permissionSet?.value !== undefined && permissionSet.value !== 'SAFE';
}

function sourcesOf(statement: CreateAssembly | AlterAssembly): CreateAssembly['from'] {
  if (statement.kind === 'createAssembly') return statement.from;
  return statement.from ? [statement.from] : [];
}

/** The databases of what makes or changes assemblies where the script has made them contained before. */
function containedIn(file: ScriptFile): ReadonlyMap<Statement, string> {
  const found = new Map<Statement, string>();
  const contained = new Set<string | undefined>();
  const kinds = ['createAssembly', 'alterAssembly', 'createDatabase', 'alterDatabaseSet'] as const;
  for (const { statement, database } of stepsOf(file, ...kinds)) {
    const key = database?.toLowerCase();
    if (statement.kind === 'createAssembly' || statement.kind === 'alterAssembly') {
      if (database !== undefined && contained.has(key)) found.set(statement, database);
    } else {
      const option = statement.options.find(({ name }) => name === 'CONTAINMENT');
      const named = statement.database?.value.toLowerCase() ?? key;
      if (option?.value === 'PARTIAL') contained.add(named);
      else if (option) contained.delete(named);
    }
  }
  return found;
}
