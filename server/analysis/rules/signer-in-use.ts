import { nameOf, type CatalogObject } from '../project/catalog.js';
import type { ScriptFile } from '../project/project.js';
import { stepsOf, type Step } from '../project/timeline.js';
import type { ObjectName } from '../tsql/nodes.js';
import type { Span } from '../text/span.js';
import type { ScriptRule } from './rule.js';

export const signerInUse: ScriptRule = {
  name: 'signer-in-use',
  summary: 'A certificate or an asymmetric key is dropped while a module is signed with it.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [15352],
  on: 'script',
  check(file, report) {
    const signed = new Map<CatalogObject, Signature>();
    for (const step of stepsOf(file, 'addSignature', 'dropSignature', 'dropCertificate', 'dropAsymmetricKey')) {
      const { statement } = step;
      if (statement.kind === 'addSignature' || statement.kind === 'dropSignature') {
        for (const { kind, name } of statement.by) {
          const of = kind === 'certificate' ? 'certificate' : 'asymmetric key';
          const { object } = name ? file.catalog.before(step, of, name.value) : {};
          if (!object) continue;
          const module =
            statement.kind === 'addSignature' && !step.conditional ? moduleOf(file, step, statement.name) : undefined;
          if (module) signed.set(object, { module, span: statement.name.span });
          else signed.delete(object);
        }
      }
      if (statement.kind !== 'dropCertificate' && statement.kind !== 'dropAsymmetricKey') continue;
      const of = statement.kind === 'dropCertificate' ? 'certificate' : 'asymmetric key';
      const { is, object } = file.catalog.before(step, of, statement.name.value);
      const signature = object && signed.get(object);
      // An altered module has lost its signatures.
      if (is !== 'present' || !signature || signature.module.changed.length > 0) continue;
      if (file.catalog.presence(signature.module, step) !== 'present') continue;
      report(statement.name.span, `${nameOf(signature.module)} is signed with ${of} ${statement.name.value}`, {
        related: [{ uri: file.uri, span: signature.span, message: 'It is signed here' }],
      });
    }
  },
};

interface Signature {
  readonly module: CatalogObject;
  readonly span: Span;
}

function moduleOf({ catalog }: ScriptFile, step: Step, { parts, last }: ObjectName): CatalogObject | undefined {
  if (parts.length > 2) return undefined;
  const { is, object } = catalog.before(step, 'procedure', last.value, parts.at(-2)?.value);
  return is === 'present' ? object : undefined;
}
