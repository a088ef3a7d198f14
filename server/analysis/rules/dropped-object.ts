import { placeOf, type ObjectClass } from '../project/catalog.js';
import type { Span } from '../text/span.js';
import type { Identifier, ObjectName, Statement } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const droppedObject: ScriptRule = {
  name: 'dropped-object',
  summary: 'The statement is about an assembly, a key or a login that the script has dropped above.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6528, 15151],
  on: 'script',
  check({ timeline, catalog }, report) {
    for (const step of timeline.steps) {
      // Under a condition, it may well ask whether the object is there.
      if (step.conditional) continue;
      for (const { of, name, span, error } of meantBy(step.statement)) {
        const { is, object } = catalog.before(step, of, name);
        if (is === 'absent' && object)
          report(span, `${of.charAt(0).toUpperCase()}${of.slice(1)} ${name} is dropped above`, {
            sqlErrors: [error],
            related: [
              { ...placeOf(object), span: object.dropped?.statement.span ?? span, message: 'It is dropped here' },
            ],
          });
      }
    }
  },
};

interface Meant {
  readonly of: ObjectClass;
  readonly name: string;
  readonly span: Span;
  readonly error: number;
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
    default:
      return [];
  }
}

function meant(of: ObjectClass, name: Identifier | ObjectName, error: number): Meant {
  return { of, name: 'value' in name ? name.value : name.last.value, span: name.span, error };
}
