import { externalNameOf, placeOf, type CatalogObject, type ObjectClass } from '../project/catalog.js';
import type { Span } from '../text/span.js';
import type { Identifier, ObjectName, Statement } from '../tsql/nodes.js';
import type { Step } from '../project/timeline.js';
import type { ReportSpan, ScriptRule } from './rule.js';

export const droppedObject: ScriptRule = {
  name: 'dropped-object',
  summary: 'The statement is about an assembly, a routine, a key or a login that the script has dropped above.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [3701, 6528, 15151, 15403, 15581],
  on: 'script',
  check(file, report) {
    if (![...file.script.byKind.keys()].some((kind) => kind.startsWith('drop'))) return;
    const { timeline, catalog } = file;
    const withoutMasterKey = new Set<string>();
    for (const step of timeline.steps) {
      checkMasterKey(step, withoutMasterKey, report);
      // Under a condition, it may well ask whether the object is there.
      if (step.conditional) continue;
      for (const { of, name, schema, span, error, severity } of meantBy(step.statement)) {
        const { is, object } = catalog.before(step, of, name, schema);
        // A script of another product drops what it likes.
        if (is === 'absent' && object && (error !== 3701 || isManaged(object)))
          report(span, `${of.charAt(0).toUpperCase()}${of.slice(1)} ${name} is dropped above`, {
            ...(severity && { severity }),
            sqlErrors: [error],
            related: [
              { ...placeOf(object), span: object.dropped?.statement.span ?? span, message: 'It is dropped here' },
            ],
          });
      }
    }
  },
};

/** What is to be kept under the database's master key. */
function checkMasterKey(
  { statement, conditional, database = '' }: Step,
  dropped: Set<string>,
  report: ReportSpan,
): void {
  const key = database.toLowerCase();
  if (statement.kind === 'dropMasterKey' && !conditional) dropped.add(key);
  else if (statement.kind === 'createMasterKey') dropped.delete(key);
  else if (statement.kind === 'createCertificate' && !statement.source && statement.secrets.length === 0) {
    if (dropped.has(key) && !conditional)
      report(
        statement.name.span,
        `The master key, which is to keep certificate ${statement.name.value}, is dropped above`,
        {
          sqlErrors: [15581],
        },
      );
  }
}

interface Meant {
  readonly of: ObjectClass;
  readonly name: string;
  readonly span: Span;
  readonly schema?: string | undefined;
  readonly error: number;
  /** What only tests of others tell. */
  readonly severity?: 'warning';
}

/** What has to be there for the statement to run. */
function meantBy(statement: Statement): readonly Meant[] {
  switch (statement.kind) {
    case 'alterAssembly':
      return [meant('assembly', statement.name, 6528)];
    case 'createAsymmetricKey':
      return statement.source?.kind === 'assembly' ? [meant('assembly', statement.source.name, 15151)] : [];
    case 'createLogin':
    case 'createUser': {
      const { source } = statement;
      if (source?.kind === 'certificate') return [meant('certificate', source.name, 15151)];
      return source?.kind === 'asymmetricKey' ? [meant('asymmetric key', source.name, 15151)] : [];
    }
    case 'grant':
      return statement.securable?.class === 'ASSEMBLY' ? [meant('assembly', statement.securable.name, 15151)] : [];
    case 'alterAuthorization':
      return statement.class === 'ASSEMBLY' ? [meant('assembly', statement.name, 15151)] : [];
    case 'executeAs': {
      const { context, name } = statement;
      // Who belongs to a Windows group that has a login may still be let in.
      return context === 'LOGIN' && name?.kind === 'string' && !name.value.includes('\\')
        ? [{ of: 'login', name: name.value, span: name.span, error: 15403 }]
        : [];
    }
    case 'dropProcedure':
    case 'dropFunction':
    case 'dropAggregate':
    case 'dropTrigger': {
      const of = droppedClasses[statement.kind];
      if (statement.ifExists) return [];
      return statement.names.map((name) => ({
        ...meant(of, name, 3701),
        schema: name.parts.at(-2)?.value,
        severity: 'warning' as const,
      }));
    }
    default:
      return [];
  }
}

function isManaged({ created }: CatalogObject): boolean {
  return created !== undefined && externalNameOf(created) !== undefined;
}

const droppedClasses = {
  dropProcedure: 'procedure',
  dropFunction: 'function',
  dropAggregate: 'aggregate',
  dropTrigger: 'trigger',
} as const;

function meant(of: ObjectClass, name: Identifier | ObjectName, error: number): Meant {
  return { of, name: 'value' in name ? name.value : name.last.value, span: name.span, error };
}
