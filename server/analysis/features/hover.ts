// Hover: what stands under the pointer, what SQL Server makes of it, and when.
import { permissionSetOf, type PermissionSetName } from '../knowledge/permission-sets.js';
import { serverOptions } from '../knowledge/server-options.js';
import { fileSourcesIn } from '../project/file-sources.js';
import { findBound } from '../project/find-assembly.js';
import { configuredIn, describedName, trustedHashesIn } from '../project/configuration.js';
import { objectText } from '../project/bindings.js';
import { sameName } from '../project/names.js';
import type { BoundRoutine, DeployedAssembly, Project, ScriptFile } from '../project/project.js';
import { isInside, type Span } from '../text/span.js';
import { allStatements, type AlterAssembly, type Identifier, type Statement } from '../tsql/nodes.js';
import type { Hover } from './feature.js';
import { methodMarkdown, typeMemberAt, typeMemberMarkdown } from './ordinary-uses.js';
import { assemblyMarkdown } from './hover-assembly.js';
import { checkLines, checkMarkdown, checkPages } from './check-markdown.js';
import { code, escaped, placeLink } from './markdown.js';

export function hoverAt(project: Project, file: ScriptFile, offset: number): Hover | undefined {
  for (const [index, literal] of file.literals.entries()) {
    if (!isInside(literal.span, offset)) continue;
    return {
      span: literal.head,
      markdown: assemblyMarkdown(project, literal, declaredSet(literal)),
      ...(literal.image && { assembly: index }),
    };
  }
  const hash = hoverOnHash(project, file, offset) ?? hoverOnOption(project, file, offset);
  if (hash) return hash;
  let found: Hover | undefined;
  for (const statement of allStatements(file.script)) {
    // The innermost statement answers: nested ones come behind those that hold them.
    if (isInside(statement.span, offset)) found = hoverOnStatement(project, file, statement, offset) ?? found;
  }
  return found ?? hoverOnTypeMember(project, file, offset);
}

function hoverOnTypeMember(project: Project, file: ScriptFile, offset: number): Hover | undefined {
  const member = typeMemberAt(project, file, offset);
  const markdown = member && typeMemberMarkdown(member);
  return member && markdown !== undefined ? { span: member.use.member.span, markdown } : undefined;
}

function declaredSet({ statement }: ScriptFile['literals'][number]): PermissionSetName | undefined {
  if (statement.permissionSet) return statement.permissionSet.value;
  return statement.kind === 'createAssembly' ? 'SAFE' : undefined;
}

function hoverOnStatement(project: Project, file: ScriptFile, statement: Statement, offset: number): Hover | undefined {
  const at = (span: Span | undefined, markdown: () => string | undefined): Hover | undefined => {
    if (!span || !isInside(span, offset)) return undefined;
    const text = markdown();
    return text === undefined ? undefined : { span, markdown: text };
  };
  switch (statement.kind) {
    case 'createAssembly':
    case 'alterAssembly':
      return (
        at(statement.permissionSet?.span, () => permissionSetMarkdown(project, statement.permissionSet?.value)) ??
        at(statement.name.span, () => nameMarkdown(project, file, statement.name, statement)) ??
        at(fileSourceAt(file, offset), () => checkMarkdown('assembly path', project)) ??
        (statement.kind === 'alterAssembly'
          ? (at(statement.visibility?.span, () => checkMarkdown('visibility', project)) ??
            at(statement.uncheckedData, () => checkMarkdown('unchecked data', project)) ??
            at(associatedFileAt(statement, offset), () => checkMarkdown('associated file', project)))
          : at(statement.authorization?.span, () => checkMarkdown('owner', project)))
      );
    case 'alterDatabaseSet':
    case 'createDatabase': {
      const option = statement.options.find(({ name, span }) => name === 'TRUSTWORTHY' && isInside(span, offset));
      return at(option?.span, () => checkMarkdown('trustworthy', project));
    }
    case 'createAsymmetricKey':
    case 'createCertificate':
      return at(statement.name.span, () =>
        checkMarkdown(statement.kind === 'createCertificate' ? 'certificate' : 'key', project),
      );
    case 'createLogin': {
      const { source } = statement;
      const isOfKey = source?.kind === 'certificate' || source?.kind === 'asymmetricKey';
      return isOfKey ? at(statement.name.span, () => checkMarkdown('login of a key', project)) : undefined;
    }
    case 'dropAssembly':
      return at(statement.names.find(({ span }) => isInside(span, offset))?.span, () =>
        checkMarkdown('drop assembly', project),
      );
    case 'alterAuthorization':
      return statement.class === 'ASSEMBLY' ? at(statement.to?.span, () => checkMarkdown('owner', project)) : undefined;
    case 'addSignature':
      return statement.class === 'ASSEMBLY'
        ? at(statement.by.find(({ span }) => isInside(span, offset))?.span, () => checkMarkdown('signature', project))
        : undefined;
    case 'executeAs':
      return at(statement.context === 'CALLER' ? undefined : statement.span, () =>
        checkMarkdown('context switch', project),
      );
    case 'grant':
    case 'deny':
    case 'revoke':
      return at(statement.permissions.find(({ span }) => isInside(span, offset))?.span, () =>
        permissionMarkdown(project, statement, offset),
      );
    default:
      return 'externalName' in statement && statement.externalName
        ? hoverOnRoutine(project, file, statement, offset, at)
        : undefined;
  }
}

function fileSourceAt({ script }: ScriptFile, offset: number): Span | undefined {
  return fileSourcesIn(script).find(({ span }) => isInside(span, offset))?.span;
}

function associatedFileAt({ dropFiles, addFiles }: AlterAssembly, offset: number): Span | undefined {
  return [...addFiles, ...(dropFiles ? [dropFiles] : [])].find(({ span }) => isInside(span, offset))?.span;
}

type At = (span: Span | undefined, markdown: () => string | undefined) => Hover | undefined;

function hoverOnRoutine(
  project: Project,
  file: ScriptFile,
  statement: Statement,
  offset: number,
  at: At,
): Hover | undefined {
  if (!('externalName' in statement) || !statement.externalName) return undefined;
  const { externalName } = statement;
  if ('executeAs' in statement && statement.executeAs && isInside(statement.executeAs.span, offset))
    return at(statement.executeAs.span, () => executeAsMarkdown(project, statement));
  const found = findBound(project.byName, file, externalName.assembly.value, statement);
  const assembly = found.kind === 'found' ? found.assembly : undefined;
  const type = assembly?.code?.types.find((one) => one.name === externalName.className?.value);
  return (
    at(externalName.assembly.span, () => boundMarkdown(project, file, externalName.assembly, statement)) ??
    at(externalName.className?.span, () =>
      type
        ? `class ${code(type.name)}, ${type.isPublic ? 'public' : 'not public'}\n\nClass and method names are compared with case, whatever the collation.`
        : undefined,
    ) ??
    at(externalName.method?.span, () => {
      const method = type?.methods.find((one) => one.name === externalName.method?.value);
      return type && method && methodMarkdown(type.name, method);
    })
  );
}

/** The short of it, what the link asks for, and then the assembly. */
function boundMarkdown(project: Project, file: ScriptFile, name: Identifier, statement: Statement): string | undefined {
  const what = nameMarkdown(project, file, name, statement);
  return `${checkMarkdown('external name', project)}${what === undefined ? '' : `\n\n---\n\n${what}`}`;
}

function executeAsMarkdown(project: Project, statement: Statement): string {
  const context = 'executeAs' in statement ? statement.executeAs?.context : undefined;
  return context === 'CALLER'
    ? '**EXECUTE AS CALLER**: the routine runs with the rights of whoever calls it, as it does where nothing is said.'
    : checkMarkdown('execute as', project);
}

type Permissions = Extract<Statement, { readonly kind: 'grant' | 'deny' | 'revoke' }>;

function permissionMarkdown(
  project: Project,
  { permissions, securable }: Permissions,
  offset: number,
): string | undefined {
  const name = permissions.find(({ span }) => isInside(span, offset))?.name ?? '';
  if (name === 'UNSAFE ASSEMBLY' || name === 'EXTERNAL ACCESS ASSEMBLY')
    return checkMarkdown('assembly permission', project);
  if (securable?.class === 'ASSEMBLY') return checkMarkdown('references permission', project);
  const isOfRoutine = securable && project.routines.some((routine) => isOf(securable, routine));
  return isOfRoutine ? checkMarkdown('execute permission', project) : undefined;
}

function isOf({ class: of = 'OBJECT', name }: NonNullable<Permissions['securable']>, routine: BoundRoutine): boolean {
  return of === 'OBJECT' && sameName(objectText(name), objectText(routine.name));
}

/** The assembly a name means: declared set, owner, contents. */
function nameMarkdown(project: Project, file: ScriptFile, name: Identifier, statement: Statement): string | undefined {
  const found = findBound(project.byName, file, name.value, statement);
  const isCreated = found.kind !== 'found' || found.assembly.created;
  if (found.kind === 'none') return `No script of this project creates assembly ${code(name.value)}.`;
  if (!isCreated)
    return `No script of this project creates assembly ${code(name.value)}; its code is in the workspace.`;
  if (found.kind === 'ambiguous') return `Several scripts create assembly ${code(name.value)}.`;
  return deployedMarkdown(project, found.assembly);
}

function deployedMarkdown(project: Project, assembly: DeployedAssembly): string {
  const { name, permissionSet, owner, image, created } = assembly;
  const declared = `Assembly ${code(name)} · ${permissionSet ?? 'permission set not known'}${owner === undefined ? '' : ` · owner ${code(owner)}`}${trustMarkdown(project, assembly)}`;
  const literal = created?.file.literals.find((one) => one.statement === created.statement && one.index === 0);
  if (literal) return `${declared}\n\n---\n\n${assemblyMarkdown(project, literal, permissionSet)}`;
  return image
    ? `${declared}\n\n${escaped(image.code.identity.name)} ${escaped(image.code.identity.version)}`
    : `${declared}\n\nIts bytes are not in the workspace.`;
}

/** Whether SQL Server takes it, where something is to be said of that. */
function trustMarkdown({ trusts, target }: Project, { created }: DeployedAssembly): string {
  const trust = trusts.find(({ deposit }) => deposit.statement === created?.statement);
  if (!trust || trust.cause === 'not asked') return '';
  const because = [
    escaped(trust.because),
    ...trust.evidence.slice(0, 4).map((one) => placeLink(escaped(one.message), one)),
  ];
  const told = because.join('; ');
  switch (trust.verdict) {
    case 'loads':
      return `\n\n**Trusted** on ${target.title}: ${told}`;
    case 'refused':
      return `\n\n⚠ **Refused** on ${target.title}${trust.error === undefined ? '' : ` with Msg ${trust.error}`}: ${told}`;
    default:
      return `\n\nWhether ${target.title} trusts it is not known: ${told}`;
  }
}

function permissionSetMarkdown(project: Project, name: PermissionSetName | undefined): string | undefined {
  if (!name) return undefined;
  const { may, mayNot, checked } = permissionSetOf(name);
  return [
    `**${escaped(name)}** – may ${may}.`,
    `May not ${mayNot}.`,
    checked,
    checkLines('permission set', project).join('\n'),
    checkPages('permission set'),
  ].join('\n\n');
}

function hoverOnHash(project: Project, file: ScriptFile, offset: number): Hover | undefined {
  for (const { value, digits, description } of trustedHashesIn(file.script)) {
    if (!isInside(value.span, offset)) continue;
    const owner =
      project.scripts.flatMap((script) => script.literals).find((literal) => literal.sha512 === digits) ??
      project.images.find((image) => image.sha512 === digits);
    const whose = owner?.image
      ? `the bytes of **${escaped(owner.image.code.identity.name)}** ${escaped(owner.image.code.identity.version)}`
      : description === undefined
        ? 'no bytes of this workspace'
        : `no bytes of this workspace; it is described as ${code(describedName(description))}`;
    return {
      span: value.span,
      markdown: `Trusted hash of ${whose}.\n\n${checkMarkdown('trusted hash', project)}`,
    };
  }
  return undefined;
}

function hoverOnOption(project: Project, file: ScriptFile, offset: number): Hover | undefined {
  const found = configuredIn(file.script).find(({ statement }) => isInside(statement.span, offset));
  const option = found && serverOptions.find(({ name }) => name === found.option);
  if (!found || !option) return undefined;
  const { name, summary } = option;
  const title = `**${escaped(name)}** – ${escaped(summary)}`;
  const isChecked = name === 'clr enabled' || name === 'clr strict security';
  return { span: found.statement.span, markdown: isChecked ? checkMarkdown(name, project, title) : title };
}
