import { textOf } from '../tsql/constants.js';
import { placeOf, type CatalogObject, type Presence } from '../project/catalog.js';
import type { ScriptFile } from '../project/project.js';
import type { Step } from '../project/timeline.js';
import type { Span } from '../text/span.js';
import type { ScriptRule } from './rule.js';

export const unusablePrincipal: ScriptRule = {
  name: 'unusable-principal',
  summary: 'AUTHORIZATION or EXECUTE AS names a principal that is dropped above, or of a kind that cannot be it.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6242, 15353, 15517],
  on: 'script',
  check(file, report) {
    // Of principals that the script does not make, change or drop, nothing is known.
    if (![...file.script.byKind.keys()].some((kind) => /User$|Role$/.test(kind))) return;
    for (const step of file.timeline.steps) {
      for (const { name, span, as } of namedBy(file, step)) {
        const found = file.catalog.before(step, 'user', name);
        const fault = faultOf(found, as);
        if (!fault || !found.object) continue;
        report(span, `${name} ${fault}`, {
          sqlErrors: [as === 'owner of an assembly' ? 6242 : as === 'owner of a key' ? 15353 : 15517],
          related: [placeOf(found.object)],
        });
      }
    }
  },
};

interface Named {
  readonly name: string;
  readonly span: Span;
  readonly as: 'owner of an assembly' | 'owner of a key' | 'context';
}

function namedBy({ script }: ScriptFile, { statement }: Step): readonly Named[] {
  if (statement.kind === 'createAssembly' && statement.authorization)
    return [{ name: statement.authorization.value, span: statement.authorization.span, as: 'owner of an assembly' }];
  if (statement.kind === 'createAsymmetricKey' || statement.kind === 'createCertificate') {
    const { authorization } = statement;
    return authorization ? [{ name: authorization.value, span: authorization.span, as: 'owner of a key' }] : [];
  }
  if ('body' in statement) {
    const user = statement.executeAs?.user;
    return user ? [{ name: user.value, span: user.span, as: 'context' }] : [];
  }
  if (statement.kind !== 'executeAs' || statement.context !== 'USER' || !statement.name) return [];
  const name = textOf(script, statement.name);
  return name === undefined ? [] : [{ name, span: statement.name.span, as: 'context' }];
}

function faultOf({ is, object }: Presence, as: Named['as']): string | undefined {
  if (is === 'absent') return as === 'owner of a key' ? undefined : 'is dropped above';
  if (is !== 'present' || !object || as === 'owner of an assembly') return undefined;
  if (object.class === 'role')
    return as === 'context' ? 'is a role, as which nothing runs' : 'is a role, which owns no keys';
  const source = sourceOf(object);
  if (source === undefined) return undefined;
  return `is a user made from ${source}, ${as === 'context' ? 'as which nothing runs' : 'which owns no keys'}`;
}

function sourceOf({ created }: CatalogObject): string | undefined {
  const statement = created?.statement;
  const kind = statement?.kind === 'createUser' ? statement.source?.kind : undefined;
  return kind === 'certificate' ? 'a certificate' : kind === 'asymmetricKey' ? 'an asymmetric key' : undefined;
}
