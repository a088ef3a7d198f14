// What is inside an assembly, in a few lines: shown on its bytes and on its name.
import type { AssemblyCode, TypeDef } from '../code/model.js';
import { inspectImage, type InspectedImage } from '../metadata/inspect.js';
import type { AssemblyImage } from '../metadata/assembly.js';
import type { PermissionSetName } from '../knowledge/permission-sets.js';
import type { EmbeddedImage, Project } from '../project/project.js';
import { touchesOf } from '../project/reach.js';
import type { Requirements } from '../project/requirements.js';
import { code, escaped } from './markdown.js';
import { more, neededMarkdown, reasonMarkdown, withoutParameters } from './needs-markdown.js';

export function assemblyMarkdown(
  project: Project,
  literal: Pick<EmbeddedImage, 'image' | 'sha512' | 'errors' | 'byteLength'>,
  declared: PermissionSetName | undefined,
): string {
  const { image, sha512, errors } = literal;
  const size = `${literal.byteLength.toLocaleString('en-US')} bytes`;
  const hash = `SHA2\\_512 ${code(`0x${sha512.slice(0, 16)}…${sha512.slice(-8)}`)}`;
  if (!image) {
    const messages = errors.slice(0, most).map((error) => escaped(error.message));
    return [`**No assembly** · ${size}`, ...messages, hash].join('\n\n');
  }
  return [
    `${headline(image)} · ${facts(image, size)}`,
    needs(image, project.requirementsOfImage(image), declared),
    contents(image),
    hash,
    ...errors.slice(0, most).map((error) => `⚠ ${escaped(error.message)}`),
  ].join('\n\n');
}

function headline({ code: { identity } }: AssemblyImage): string {
  return `**${escaped(identity.name)}** ${escaped(identity.version)}${identity.culture === '' ? '' : ` · ${escaped(identity.culture)}`}`;
}

function facts(image: AssemblyImage, size: string): string {
  const { identity, strongName } = image.code;
  const signed =
    identity.publicKeyToken === undefined
      ? 'no strong name'
      : `${strongName.replace('-', ' ')}, key token ${code(identity.publicKeyToken)}`;
  return `${size} · runtime ${code(image.runtime)} · ${signed}${image.authenticode ? ' · Authenticode signature' : ''}`;
}

/** Of one list; who wants all opens the document. */
const most = 6;

/** The permission set it needs, the strongest reason with its way, what it can touch, and what is not known. */
function needs(image: AssemblyImage, requirements: Requirements, declared: PermissionSetName | undefined): string {
  const { permissionSet, reasons, assumptions } = requirements;
  const [strongest] = reasons;
  const [open] = assumptions;
  const touches = touchesOf(image.code, requirements).map(
    ({ what, through }) => `${escaped(what)} (${code(withoutParameters(through))})`,
  );
  return [
    neededMarkdown(permissionSet, declared),
    ...(strongest ? [`- Why: ${reasonMarkdown(strongest)}${more(reasons.length - 1, 'reason')}`] : []),
    ...(touches.length > 0 ? [`- Can touch: ${touches.join(', ')}`] : []),
    ...(open ? [`- Not known: ${escaped(open.text)}${more(assumptions.length - 1, 'thing')}`] : []),
  ].join('\n');
}

function contents(image: AssemblyImage): string {
  const inspected = inspectImage(image);
  const lines = [
    line(
      'References',
      inspected.references.map((reference) => `${reference.name} ${reference.version}`),
    ),
    line('SQL routines and types', routinesOf(image.code)),
    ...risksOf(image.code, inspected),
  ];
  return lines.filter((one) => one !== '').join('\n');
}

function risksOf(assembly: AssemblyCode, inspected: InspectedImage): readonly string[] {
  const statics = assembly.types
    .filter((type) => !type.compilerGenerated)
    .flatMap((type) =>
      type.fields
        .filter((field) => field.isStatic && !field.isInitOnly && !field.isLiteral)
        .map((field) => `${type.name}::${field.name}`),
    );
  return [
    line(
      'Native calls',
      inspected.pinvokes.map((call) => `${call.name} in ${call.library}`),
    ),
    line('Static fields that are not readonly', statics),
    line('Finalizers', inspected.finalizers),
  ];
}

function line(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const more = items.length > most ? ` and ${items.length - most} more` : '';
  return `- ${title}: ${items.slice(0, most).map(code).join(', ')}${more}`;
}

/** Methods and types that carry one of SQL Server's attributes. */
function routinesOf({ types }: AssemblyCode): readonly string[] {
  const marked = (attributes: TypeDef['attributes']): boolean =>
    attributes.some(({ type }) =>
      /^Microsoft\.SqlServer\.Server\.Sql(Procedure|Function|Trigger|UserDefinedType|UserDefinedAggregate)Attribute$/.test(
        type,
      ),
    );
  return types.flatMap((type) => [
    ...(marked(type.attributes) ? [type.name] : []),
    ...type.methods.filter((method) => marked(method.attributes)).map((method) => `${type.name}::${method.name}`),
  ]);
}
