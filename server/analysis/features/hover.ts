// Hover: what stands under the pointer, what SQL Server makes of it, and when.
import { permissionSetOf, type PermissionSetName } from '../knowledge/permission-sets.js';
import { serverOptions } from '../knowledge/server-options.js';
import { findAssembly } from '../project/find-assembly.js';
import { configuredIn, describedName, trustedHashesIn } from '../project/configuration.js';
import type { DeployedAssembly, Project, ScriptFile } from '../project/project.js';
import { isInside, type Span } from '../text/span.js';
import { allStatements, type Identifier, type Statement } from '../tsql/nodes.js';
import type { Hover } from './feature.js';
import { assemblyMarkdown } from './hover-assembly.js';
import { code, escaped } from './markdown.js';

const docs = 'https://learn.microsoft.com/sql/';

export function hoverAt(project: Project, file: ScriptFile, offset: number): Hover | undefined {
  for (const [index, literal] of file.literals.entries()) {
    if (!isInside(literal.span, offset)) continue;
    return {
      span: literal.head,
      markdown: assemblyMarkdown(project, literal, declaredSet(literal)),
      ...(literal.image && { assembly: index }),
    };
  }
  const hash = hoverOnHash(project, file, offset) ?? hoverOnOption(file, offset);
  if (hash) return hash;
  let found: Hover | undefined;
  for (const statement of allStatements(file.script)) {
    // The innermost statement answers: nested ones come behind those that hold them.
    if (isInside(statement.span, offset)) found = hoverOnStatement(project, file, statement, offset) ?? found;
  }
  return found;
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
        (statement.kind === 'alterAssembly'
          ? (at(statement.visibility?.span, () => visibility) ?? at(statement.uncheckedData, () => uncheckedData))
          : at(
              statement.authorization?.span,
              () =>
                `Owner of the assembly. Assemblies that reference one another need the same owner (Msg 6548), and share an application domain.`,
            ))
      );
    case 'alterDatabaseSet':
    case 'createDatabase': {
      const option = statement.options.find(({ name, span }) => name === 'TRUSTWORTHY' && isInside(span, offset));
      return at(option?.span, () => trustworthy);
    }
    case 'createAsymmetricKey':
    case 'createCertificate':
      return at(statement.name.span, () =>
        keyMarkdown(statement.kind === 'createCertificate' ? 'certificate' : 'asymmetric key'),
      );
    case 'grant':
      return at(
        statement.permissions.find(({ name, span }) => name.endsWith('ASSEMBLY') && isInside(span, offset))?.span,
        () => grantMarkdown,
      );
    default:
      return 'externalName' in statement && statement.externalName
        ? hoverOnRoutine(project, file, statement, offset, at)
        : undefined;
  }
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
    return at(statement.executeAs.span, () => executeAs);
  const found = findAssembly(project.byName, file, externalName.assembly.value, statement);
  const assembly = found.kind === 'found' ? found.assembly : undefined;
  const type = assembly?.code?.types.find((one) => one.name === externalName.className?.value);
  return (
    at(externalName.assembly.span, () => nameMarkdown(project, file, externalName.assembly, statement)) ??
    at(externalName.className?.span, () =>
      type
        ? `class ${code(type.name)}, ${type.isPublic ? 'public' : 'not public'}\n\nClass and method names are compared with case, whatever the collation.`
        : undefined,
    ) ??
    at(externalName.method?.span, () => {
      const method = type?.methods.find((one) => one.name === externalName.method?.value);
      return (
        method &&
        `${method.isPublic ? 'public ' : 'not public, '}${method.isStatic ? 'static' : 'not static'} method ${code(`${type?.name ?? ''}::${method.name}`)} with ${method.parameters.length} parameter${method.parameters.length === 1 ? '' : 's'}`
      );
    })
  );
}

/** The assembly a name means: declared set, owner, contents. */
function nameMarkdown(project: Project, file: ScriptFile, name: Identifier, statement: Statement): string | undefined {
  const found = findAssembly(project.byName, file, name.value, statement);
  if (found.kind === 'none') return `No script of this project creates assembly ${code(name.value)}.`;
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
  const because = escaped(trust.because);
  switch (trust.verdict) {
    case 'loads':
      return `\n\n**Trusted** on ${target.title}: ${because}`;
    case 'refused':
      return `\n\n⚠ **Refused** on ${target.title} with Msg ${trust.error}: ${because}`;
    default:
      return `\n\nWhether ${target.title} trusts it is not known: ${because}`;
  }
}

function permissionSetMarkdown(
  { clrStrictSecurity, target }: Project,
  name: PermissionSetName | undefined,
): string | undefined {
  if (!name) return undefined;
  const set = permissionSetOf(name);
  const strict = clrStrictSecurity
    ? `\n\nOn ${target.title} *clr strict security* is on: whatever set is declared, the assembly must be trusted like an UNSAFE one – by the login of the key or certificate that signed it, with UNSAFE ASSEMBLY, or by its hash – and the declared set does not bound what it does.`
    : '';
  return `**${escaped(name)}** – may ${set.may}.\n\nMay not ${set.mayNot}.\n\n${set.checked}${strict}\n\n[Code access security](${docs}relational-databases/clr-integration/security/clr-integration-code-access-security)`;
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
      markdown: `Trusted hash of ${whose}.\n\nSHA2\\_512 of an assembly's bytes. It trusts exactly these bytes, in every database of the instance; good to bootstrap a key, to be dropped afterwards.\n\n[sys\\.sp\\_add\\_trusted\\_assembly](${docs}relational-databases/system-stored-procedures/sys-sp-add-trusted-assembly-transact-sql)`,
    };
  }
  return undefined;
}

function hoverOnOption(file: ScriptFile, offset: number): Hover | undefined {
  const found = configuredIn(file.script).find(({ statement }) => isInside(statement.span, offset));
  const option = found && serverOptions.find(({ name }) => name === found.option);
  return (
    found &&
    option && { span: found.statement.span, markdown: `**${escaped(option.name)}** – ${escaped(option.summary)}` }
  );
}

function keyMarkdown(what: string): string {
  return (
    `An ${what}`.replace('An c', 'A c') +
    ` trusts the assemblies that it signed once a login made from it, in \`master\`, has UNSAFE ASSEMBLY. That is the way Microsoft recommends.\n\n[CREATE ASSEMBLY, permissions](${docs}t-sql/statements/create-assembly-transact-sql#permissions)`
  );
}

const grantMarkdown = `Under *clr strict security* only **UNSAFE ASSEMBLY** counts, and it belongs to the login of a key or certificate. Whoever else has it can run anything as the service account.`;
const trustworthy = `**TRUSTWORTHY** lets modules of this database that run as someone else, and its assemblies, act outside it with the rights of its owner. With a privileged owner every db\\_owner can become sysadmin.\n\nSign the assembly instead, and trust its key.\n\n[TRUSTWORTHY](${docs}relational-databases/security/trustworthy-database-property)`;
const visibility = `**VISIBILITY = ON**: T-SQL can bind routines to the assembly. OFF: only other assemblies call it.`;
const uncheckedData = `**UNCHECKED DATA**: computed columns, constraints and stored values that depend on the assembly are not checked against the new code until DBCC CHECKTABLE has run.`;
const executeAs = `**EXECUTE AS**: the routine runs with the rights of another principal. External access from it fails: SQL Server lends the service account's rights to the original caller only.`;
