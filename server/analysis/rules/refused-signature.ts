import { externalNameOf, placeOf, type CatalogObject } from '../project/catalog.js';
import { rootImagesOf } from '../project/root-images.js';
import type { ScriptFile } from '../project/project.js';
import { stepsOf, type Step } from '../project/timeline.js';
import { digitsOf } from '../tsql/constants.js';
import type { SignatureSource, SignatureStatement } from '../tsql/nodes.js';
import type { Related, ReportSpan, ScriptRule } from './rule.js';

export const refusedSignature: ScriptRule = {
  name: 'refused-signature',
  summary:
    'ADD SIGNATURE signs nothing, or not for long: the signer has no private key, or is none, or what is signed cannot be.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [15299, 15351, 15557, 15560, 15561, 15563, 15583],
  on: 'script',
  check(file, report) {
    const images = rootImagesOf(file);
    const signed = new Set<string>();
    for (const step of stepsOf(file, 'addSignature', 'dropSignature')) {
      const { statement } = step;
      if (statement.kind === 'dropSignature') signed.clear();
      if (statement.kind !== 'addSignature') continue;
      checkAgain(step, statement, signed, report);
      for (const source of statement.by) checkSource(file, images, step, source, report);
      checkModule(file, images, step, statement, report);
    }
  },
};

function checkSource(
  { catalog, script }: ScriptFile,
  images: ReturnType<typeof rootImagesOf>,
  step: Step,
  source: SignatureSource,
  report: ReportSpan,
): void {
  if (source.kind === 'password') {
    report(source.span, 'A password signs no module', { sqlErrors: [15561] });
    return;
  }
  if (!source.name) return;
  const of = source.kind === 'certificate' ? 'certificate' : 'asymmetric key';
  const { is, object } = catalog.before(step, of, source.name.value);
  if (source.signature) {
    const made = is === 'present' && object?.changed.length === 0 ? object.created?.statement : undefined;
    const from =
      made?.kind === 'createAsymmetricKey' && made.source?.kind === 'assembly' ? made.source.name : undefined;
    const assembly = from && object?.created && catalog.before(object.created, 'assembly', from.value).object;
    const image = assembly?.created && assembly.changed.length === 0 && images.get(assembly.created.statement);
    const digits = digitsOf(script, source.signature);
    if (!object || !image || image.signatureBytes === undefined || digits === undefined) return;
    const bytes = Math.ceil(digits.length / 2);
    if (bytes !== image.signatureBytes)
      report(
        source.signature.span,
        `Asymmetric key ${source.name.value} makes signatures of ${image.signatureBytes} bytes, and this has ${bytes}`,
        { sqlErrors: [15299], related: [placeOf(object)] },
      );
    return;
  }
  // ALTER can give it a private key.
  if (is !== 'present' || !object || object.changed.length > 0 || !isPublicOnly(object)) return;
  report(
    source.name.span,
    `${of === 'certificate' ? 'Certificate' : 'Asymmetric key'} ${source.name.value} has no private key to sign with`,
    {
      sqlErrors: [15563],
      related: [placeOf(object)],
    },
  );
}

/** Assemblies hold a public key alone, and so does a certificate that comes without a private one. */
function isPublicOnly({ created }: CatalogObject): boolean {
  const statement = created?.statement;
  if (statement?.kind === 'createAsymmetricKey')
    return statement.source?.kind === 'assembly' || statement.source?.kind === 'executableFile';
  if (statement?.kind !== 'createCertificate' || !statement.source) return false;
  return statement.source.kind !== 'provider' && statement.secrets.length === 0;
}

/** What is signed twice by one key; a signature may go with what it signs, when that is altered or dropped. */
function checkAgain(step: Step, statement: SignatureStatement, signed: Set<string>, report: ReportSpan): void {
  const { catalog } = step.file;
  const module = modules.map((of) =>
    catalog.before(step, of, statement.name.last.value, statement.name.parts.at(-2)?.value),
  );
  const touched = module.flatMap(({ object }) => (object ? [object.created, ...object.changed, object.dropped] : []));
  const life = touched.reduce((last, one) => (one && one.index < step.index ? Math.max(last, one.index) : last), -1);
  for (const { kind, name, span } of statement.by) {
    if (!name || step.conditional) continue;
    const key = [step.database, statement.class, statement.counter, life, kind, name.value]
      .concat(statement.name.parts.map((part) => part?.value))
      .join('\n')
      .toLowerCase();
    if (signed.has(key))
      report(span, `${statement.name.last.value} is signed by ${name.value} already`, { sqlErrors: [15557] });
    signed.add(key);
  }
}

const modules = ['procedure', 'type'] as const;

function checkModule(
  { catalog }: ScriptFile,
  images: ReturnType<typeof rootImagesOf>,
  step: Step,
  { class: of, name }: SignatureStatement,
  report: ReportSpan,
): void {
  if ((of !== undefined && of !== 'OBJECT') || name.parts.length > 2) return;
  const { is, object } = catalog.before(step, 'procedure', name.last.value, name.parts.at(-2)?.value);
  const type = catalog.before(step, 'type', name.last.value, name.parts.at(-2)?.value);
  if (type.is === 'present' && is !== 'present' && type.object)
    report(name.span, `${name.last.value} is a type, and only modules are signed`, {
      sqlErrors: [15560],
      related: [placeOf(type.object)],
    });
  const made = object?.created?.statement;
  if (
    is === 'present' &&
    object?.changed.length === 0 &&
    made &&
    'executeAs' in made &&
    made.executeAs?.context === 'OWNER'
  )
    report(name.span, `${name.last.value} runs as its owner: with another owner the signature is void`, {
      severity: 'information',
      sqlErrors: [15583],
      related: [placeOf(object)],
    });
  const assembly = object?.created && externalNameOf(object.created)?.assembly.value;
  if (is !== 'present' || !object || object.changed.length > 0 || assembly === undefined) return;
  const registered = catalog.before(step, 'assembly', assembly);
  if (registered.is !== 'present' || !registered.object || registered.object.changed.length > 0) return;
  const image = registered.object.created && images.get(registered.object.created.statement);
  if (!image || image.code.strongName === 'signed' || image.authenticode) return;
  const related: readonly Related[] = [placeOf(object), placeOf(registered.object)];
  report(name.span, `${name.last.value} is a routine of assembly ${assembly}, which is not signed`, {
    sqlErrors: [15351],
    related,
  });
}
