// What is inside an assembly, in a few lines: shown on its bytes and on its name.
import type { AssemblyCode, TypeDef } from '../code/model.js';
import { inspectImage, type InspectedImage } from '../metadata/inspect.js';
import type { AssemblyImage } from '../metadata/assembly.js';
import type { PermissionSetName } from '../knowledge/permission-sets.js';
import { pathOf } from '../project/proof.js';
import type { EmbeddedImage, Project } from '../project/project.js';
import { touchesOf } from '../project/reach.js';
import type { Reason, Requirements } from '../project/requirements.js';
import { code, escaped } from './markdown.js';

export function assemblyMarkdown(
  project: Project,
  literal: Pick<EmbeddedImage, 'image' | 'sha512' | 'errors' | 'byteLength'>,
  declared: PermissionSetName | undefined,
): string {
  const { image, sha512, errors } = literal;
  const size = `${literal.byteLength.toLocaleString('en-US')} bytes`;
  const hash = `SHA2\\_512 ${code(`0x${sha512.slice(0, 16)}…${sha512.slice(-8)}`)}`;
  if (!image) return [`**No assembly** · ${size}`, ...errors.map((error) => escaped(error.message)), hash].join('\n\n');
  return [
    headline(image),
    facts(image, size),
    needs(image, project.requirementsOfImage(image), declared),
    contents(image),
    hash,
    ...errors.map((error) => `⚠ ${escaped(error.message)}`),
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
  return `${size} · runtime ${code(image.runtime)} · ${signed}${image.hasAuthenticodeSignature ? ' · Authenticode signature' : ''}`;
}

/** The permission set it needs, the strongest reason with its way, what it can touch, and what that rests on. */
function needs(image: AssemblyImage, requirements: Requirements, declared: PermissionSetName | undefined): string {
  const { permissionSet, reasons, assumptions } = requirements;
  const said = declared === undefined || declared === permissionSet ? '' : ` · declared ${declared}`;
  const [strongest] = reasons;
  const touches = touchesOf(image.code, requirements);
  const lines = [
    `**Needs ${permissionSet}**${said}`,
    ...(strongest ? [`- Why: ${reasonMarkdown(strongest)}${more(reasons.length - 1)}`] : []),
    ...(touches.length > 0
      ? [`- Can touch: ${touches.map(({ what, through }) => `${escaped(what)} (${code(through)})`).join(', ')}`]
      : []),
    ...(assumptions.length > 0
      ? [`- Not known: ${escaped(assumptions[0]?.text ?? '')}${more(assumptions.length - 1)}`]
      : []),
  ];
  return lines.join('\n');
}

function reasonMarkdown(reason: Reason): string {
  const path = pathOf(reason).map(code);
  const whens = {
    create: 'refused by CREATE ASSEMBLY',
    jit: 'refused when the method is first called',
    call: 'checked when it runs',
  };
  const way = path.length === 0 ? '' : `${path.join(' → ')} → `;
  return `${way}${code(reason.member)}: ${escaped(reason.why)} (${whens[reason.checkedAt]})`;
}

function more(count: number): string {
  return count <= 0 ? '' : `; and ${count} more`;
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
    line('Static fields that change', statics),
    line('Finalizers', inspected.finalizers),
  ];
}

const most = 6;

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
