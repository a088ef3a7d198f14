import { placeOf, type CatalogObject } from '../project/catalog.js';
import { rootImagesOf } from '../project/root-images.js';
import type { ScriptFile } from '../project/project.js';
import { stepsOf, type Step } from '../project/timeline.js';
import type { AsymmetricKeyStatement, CertificateStatement } from '../tsql/nodes.js';
import { digitsOf } from '../tsql/constants.js';
import type { ScriptRule } from './rule.js';

export const duplicateKey: ScriptRule = {
  name: 'duplicate-key',
  summary: 'An asymmetric key or a certificate is created twice in one database, by its name or by what it holds.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [15232, 15396],
  on: 'script',
  check(file, report) {
    const images = rootImagesOf(file);
    // By database and what is held: the last object that was made of it.
    const made = new Map<string, CatalogObject>();
    for (const step of stepsOf(file, 'createAsymmetricKey', 'createCertificate')) {
      const { statement } = step;
      const of = statement.kind === 'createCertificate' ? 'certificate' : 'asymmetric key';
      const { name } = statement;
      const details = { sqlErrors: [of === 'certificate' ? 15232 : 15396] };
      const named = file.catalog.before(step, of, name.value);
      const held = heldBy(file, images, step, statement);
      const key = held === undefined ? undefined : [step.database?.toLowerCase() ?? '', of, held].join('\n');
      const twin = key === undefined ? undefined : made.get(key);
      const isSure = !step.conditional;
      if (isSure && named.is === 'present' && named.object)
        report(
          name.span,
          `${of === 'certificate' ? 'Certificate' : 'Asymmetric key'} ${name.value} is already created above`,
          {
            ...details,
            related: [placeOf(named.object)],
          },
        );
      else if (isSure && twin && file.catalog.presence(twin, step) === 'present')
        report(name.span, `${name.value} holds the same public key as ${of} ${twin.name}`, {
          ...details,
          related: [placeOf(twin)],
        });
      else if (key !== undefined) {
        const object = file.catalog.objectOf(statement);
        if (object?.created === step) made.set(key, object);
      }
    }
  },
};

/** The token of the assembly's public key, or the certificate's bytes; undefined where it is not known. */
function heldBy(
  file: ScriptFile,
  images: ReturnType<typeof rootImagesOf>,
  step: Step,
  { kind, source }: AsymmetricKeyStatement | CertificateStatement,
): string | undefined {
  if (kind === 'createCertificate' && source?.kind === 'binary') {
    return digitsOf(file.script, source.value)?.toUpperCase();
  }
  if (kind !== 'createAsymmetricKey' || source?.kind !== 'assembly') return undefined;
  const { is, object } = file.catalog.before(step, 'assembly', source.name.value);
  if (is !== 'present' || !object?.created || object.changed.length > 0) return undefined;
  return images.get(object.created.statement)?.code.identity.publicKeyToken;
}
