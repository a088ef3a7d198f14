// Which code belongs to which assembly of the database: files that lie in the workspace, sources, and what bears another name.
import type { AssemblyCode } from '../code/model.js';
import type { AssemblyImage } from '../metadata/assembly.js';
import type { SourceAssembly } from '../packages/membership.js';
import { textOf } from '../tsql/constants.js';
import type { CreateAssembly } from '../tsql/nodes.js';
import { fileNameOf } from './file-sources.js';
import { grouped } from './grouped.js';
import { sameName } from './names.js';
import type { Binding } from './routine-bindings.js';
import type { DeployedAssembly, ImageFile, Packages, ScriptFile } from './project.js';

/** What scripts create, with the code that is known of it, and behind it what else the workspace has for SQL Server. */
export function withCodeOf(
  created: readonly DeployedAssembly[],
  scripts: readonly ScriptFile[],
  bindings: readonly Binding[],
  images: readonly ImageFile[],
  { sourceCode }: Packages,
): readonly DeployedAssembly[] {
  const claimed = new Set<ImageFile>();
  const assemblies = created.map((assembly) => withFile(assembly, images, claimed));
  for (const file of images) {
    if (
      file.image &&
      !claimed.has(file) &&
      (speaksOfSqlServer(file.image.code) || (scripts.length === 0 && images.length === 1))
    ) {
      assemblies.push({
        name: file.image.code.identity.name,
        altered: [],
        ...withCode(file.image),
        codeAt: { uri: file.uri, span: { start: 0, end: 0 } },
      });
    }
  }
  const sourcesOf = grouped([...sourceCode.keys()], ({ name }) => name.toLowerCase());
  for (const [source, code] of sourceCode)
    addSource(assemblies, source, code, sourcesOf.get(source.name.toLowerCase())?.length === 1);
  return namedByMembers(assemblies, bindings, sourceCode);
}

export function withCode(image: AssemblyImage): Pick<DeployedAssembly, 'image' | 'code'> {
  return { image, code: image.code };
}

/** FROM 'path\name.dll' means the workspace's file of that name, where there is just one. */
function withFile(assembly: DeployedAssembly, images: readonly ImageFile[], claimed: Set<ImageFile>): DeployedAssembly {
  const { created } = assembly;
  if (!created || assembly.image) return assembly;
  const base = pathBase(created.file, created.statement);
  if (base === undefined) return assembly;
  const named = images.filter((file) => file.image && fileNameOf(file.uri) === base);
  const [only] = named;
  if (!only?.image || named.some((file) => file.sha512 !== only.sha512)) return assembly;
  for (const file of named) claimed.add(file);
  return { ...assembly, ...withCode(only.image), codeAt: { uri: only.uri, span: { start: 0, end: 0 } } };
}

/**
 * Code of sources belongs to the assembly of that name, or from a file of that name, that a script creates without giving its
 * bytes; bytes may be older than the sources, and are looked at for themselves.
 */
function addSource(assemblies: DeployedAssembly[], source: SourceAssembly, code: AssemblyCode, isOnly: boolean): void {
  const { name, project, sources, permissionSet, owner } = source;
  const start = { uri: project?.uri ?? sources[0] ?? '', span: { start: 0, end: 0 } };
  const codeAt = permissionSet ? { uri: permissionSet.uri, span: permissionSet.span } : start;
  const created = indicesCreated(assemblies, name).slice(0, isOnly ? undefined : 1);
  for (const index of created) {
    const assembly = assemblies[index];
    if (assembly) assemblies[index] = { ...assembly, code, codeAt };
  }
  if (created.length > 0 || (!permissionSet && !speaksOfSqlServer(code))) return;
  assemblies.push({
    name,
    altered: [],
    code,
    codeAt,
    ...(permissionSet && { permissionSet: permissionSet.value }),
    ...(owner && { owner: owner.value }),
  });
}

/** Several scripts may create it, each for a database of its own. */
function indicesCreated(assemblies: readonly DeployedAssembly[], name: string): readonly number[] {
  const files = [`${name}.dll`.toLowerCase(), `${name}.exe`.toLowerCase()];
  const open = [...assemblies.entries()].filter(([, { created, code }]) => created && !code);
  const named = open.filter(([, assembly]) => sameName(assembly.name, name));
  const byFile = ([, { created }]: readonly [number, DeployedAssembly]): boolean =>
    created !== undefined && files.includes(pathBase(created.file, created.statement) ?? '');
  return (named.length > 0 ? named : open.filter(byFile)).map(([index]) => index);
}

/** A library, or a program, that happens to lie in the workspace is no assembly of SQL Server's. */
function speaksOfSqlServer(code: AssemblyCode): boolean {
  const isSql = ({ type }: { readonly type: string }): boolean => type.startsWith('Microsoft.SqlServer.Server.');
  return code.types.some(
    (type) => type.attributes.some(isSql) || type.methods.some((method) => method.attributes.some(isSql)),
  );
}

function pathBase(file: ScriptFile, statement: CreateAssembly): string | undefined {
  const [source] = statement.from;
  const path = source && textOf(file.script, source);
  const base = path === undefined ? '' : fileNameOf(path);
  return base.includes('.') ? base : undefined;
}

/**
 * CREATE ASSEMBLY gives a name as it likes, and the bytes may come from a variable. Code that bears none of the names belongs to
 * the one that has none, where it has every class and method that scripts bind in that, and no other code has. What scripts create,
 * and what a database project deploys, has its name.
 */
function namedByMembers(
  assemblies: readonly DeployedAssembly[],
  bindings: readonly Binding[],
  sourceCode: Packages['sourceCode'],
): readonly DeployedAssembly[] {
  const has = new Set(
    assemblies.flatMap(({ created, name, code }) =>
      created ? [name.toLowerCase(), code?.identity.name.toLowerCase()] : [],
    ),
  );
  const own = new Set([...sourceCode].flatMap(([{ project }, code]) => (project?.kind === 'sqlproj' ? code : [])));
  const free = new Set(
    assemblies.filter(
      ({ created, code }) => !created && code && !has.has(code.identity.name.toLowerCase()) && !own.has(code),
    ),
  );
  if (free.size === 0) return assemblies;
  const known = grouped(assemblies, ({ name }) => name.toLowerCase());
  const taken = new Set<DeployedAssembly>();
  const become = new Map<DeployedAssembly, DeployedAssembly>();
  for (const [name, [first, ...others]] of grouped(bindings.map(memberOf), ({ assembly }) => assembly.toLowerCase())) {
    const named = known.get(name) ?? [];
    if (!first || named.some(({ code }) => code)) continue;
    const having = [...free].filter((one) => [first, ...others].every((member) => hasMember(one, member)));
    const ofSource = having.filter(({ code }) => code?.origin === 'source');
    const [only, more] = ofSource.length > 0 ? ofSource : having;
    if (!only || more) continue;
    free.delete(only);
    taken.add(only);
    const { code, codeAt, image } = only;
    const its = { ...(code && { code }), ...(codeAt && { codeAt }), ...(image && { image }) };
    for (const one of named) become.set(one, { ...one, ...its });
    if (named.length === 0) become.set(only, { ...only, name: first.assembly });
  }
  return assemblies.flatMap((one) => become.get(one) ?? (taken.has(one) ? [] : one));
}

interface NamedMember {
  readonly assembly: string;
  readonly className: string;
  readonly method: string | undefined;
}

function memberOf({ name, externalName }: Binding): NamedMember {
  return {
    assembly: externalName.assembly.value,
    className: externalName.className?.value ?? name.last.value,
    method: externalName.method?.value,
  };
}

function hasMember({ code }: DeployedAssembly, { className, method }: NamedMember): boolean {
  const type = code?.types.find(({ name }) => name === className);
  return type !== undefined && (method === undefined || type.methods.some(({ name }) => name === method));
}
