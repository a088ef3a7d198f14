// Scripts and images as one project: what is created, altered and bound, and which of them belong together.
import type { AssemblyImage } from '../metadata/assembly.js';
import type { ImageFile, Project, ScriptFile, Server, BoundRoutine, DeployedAssembly } from './project.js';
import {
  allStatements,
  type AlterAssembly,
  type CreateAssembly,
  type PermissionSetName,
  type Statement,
} from '../tsql/nodes.js';
import { textOf } from '../tsql/constants.js';

export function buildProject(server: Server, scripts: readonly ScriptFile[], images: readonly ImageFile[]): Project {
  const created = scripts.flatMap(createdIn);
  const claimed = new Set<ImageFile>();
  const assemblies = created.map((assembly) => withFile(withAlters(assembly, created, scripts), images, claimed));
  for (const file of images) {
    if (
      file.image &&
      !claimed.has(file) &&
      (speaksOfSqlServer(file.image) || (scripts.length === 0 && images.length === 1))
    ) {
      assemblies.push({
        name: file.image.code.identity.name,
        altered: [],
        image: file.image,
        imageAt: { uri: file.uri, span: { start: 0, end: 0 } },
      });
    }
  }
  const routines = scripts.flatMap((file) => routinesOf(file, assemblies));
  return { ...server, scripts, images, assemblies, routines };
}

/** A library that happens to lie in the workspace is no assembly of SQL Server's. */
function speaksOfSqlServer({ code }: AssemblyImage): boolean {
  const isSql = ({ type }: { readonly type: string }): boolean => type.startsWith('Microsoft.SqlServer.Server.');
  return code.types.some(
    (type) => type.attributes.some(isSql) || type.methods.some((method) => method.attributes.some(isSql)),
  );
}

export type Lookup =
  | { readonly kind: 'found'; readonly assembly: DeployedAssembly }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous' };

/**
 * The assembly a name in a script means. Several deployments can lie side by side: one of the same script is nearest, then
 * one of the same folder, then the only one there is.
 */
export function findAssembly(assemblies: readonly DeployedAssembly[], file: ScriptFile, name: string): Lookup {
  const named = assemblies.filter((assembly) => assembly.created && sameName(assembly.name, name));
  for (const near of [
    named.filter((assembly) => assembly.created?.file.uri === file.uri),
    named.filter((assembly) => folderOf(assembly.created?.file.uri ?? '') === folderOf(file.uri)),
    named,
  ]) {
    const last = near.at(-1);
    if (!last) continue;
    const inOneFile = near.every((assembly) => assembly.created?.file.uri === last.created?.file.uri);
    return inOneFile ? { kind: 'found', assembly: last } : { kind: 'ambiguous' };
  }
  return { kind: 'none' };
}

/** SQL names compare without case, as under the collations SQL Server is installed with. */
export function sameName(a: string, b: string): boolean {
  return a.length === b.length && a.toLowerCase() === b.toLowerCase();
}

export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

function createdIn(file: ScriptFile): DeployedAssembly[] {
  const assemblies: DeployedAssembly[] = [];
  for (const statement of allStatements(file.script)) {
    if (statement.kind !== 'createAssembly') continue;
    const permissionSet = statement.permissionSet ? statement.permissionSet.value : 'SAFE';
    const own = {
      created: { file, statement },
      altered: [],
      ...(permissionSet && { permissionSet }),
      ...(statement.authorization && { owner: statement.authorization.value }),
    };
    const [root, ...dependents] = file.literals.filter((literal) => literal.statement === statement);
    const imageAt = root && { uri: file.uri, span: root.head };
    assemblies.push({
      name: statement.name.value,
      ...own,
      ...(root?.image && { image: root.image }),
      ...(imageAt && { imageAt }),
    });
    for (const { image, head } of dependents) {
      if (image)
        assemblies.push({ name: image.code.identity.name, ...own, image, imageAt: { uri: file.uri, span: head } });
    }
  }
  return assemblies;
}

/** What the ALTER ASSEMBLY statements that mean this assembly make of it. */
function withAlters(
  assembly: DeployedAssembly,
  all: readonly DeployedAssembly[],
  scripts: readonly ScriptFile[],
): DeployedAssembly {
  let changed = assembly;
  for (const file of scripts) {
    for (const statement of allStatements(file.script)) {
      if (statement.kind !== 'alterAssembly' || !sameName(statement.name.value, assembly.name)) continue;
      const found = findAssembly(all, file, statement.name.value);
      if (found.kind === 'found' && found.assembly === assembly) changed = altered(changed, file, statement);
    }
  }
  return changed;
}

function altered(assembly: DeployedAssembly, file: ScriptFile, statement: AlterAssembly): DeployedAssembly {
  const literal = file.literals.find((one) => one.statement === statement);
  const { permissionSet: before, ...rest } = assembly;
  const permissionSet: PermissionSetName | undefined = statement.permissionSet ? statement.permissionSet.value : before;
  return {
    ...rest,
    altered: [...assembly.altered, { file, statement }],
    ...(permissionSet && { permissionSet }),
    ...(literal?.image && { image: literal.image, imageAt: { uri: file.uri, span: literal.head } }),
  };
}

/** FROM 'path\name.dll' means the workspace's file of that name, where there is just one. */
function withFile(assembly: DeployedAssembly, images: readonly ImageFile[], claimed: Set<ImageFile>): DeployedAssembly {
  const { created } = assembly;
  if (!created || assembly.image) return assembly;
  const base = pathBase(created.file, created.statement);
  if (base === undefined) return assembly;
  const named = images.filter(
    (file) => file.image && file.uri.slice(file.uri.lastIndexOf('/') + 1).toLowerCase() === base,
  );
  const [only] = named;
  if (!only?.image || named.some((file) => file.sha512 !== only.sha512)) return assembly;
  for (const file of named) claimed.add(file);
  return { ...assembly, image: only.image, imageAt: { uri: only.uri, span: { start: 0, end: 0 } } };
}

function pathBase(file: ScriptFile, statement: CreateAssembly): string | undefined {
  const [source] = statement.from;
  const path = source && textOf(file.script, source);
  const base = path?.split(/[\\/]/).at(-1)?.toLowerCase();
  return base?.includes('.') ? base : undefined;
}

function routinesOf(file: ScriptFile, assemblies: readonly DeployedAssembly[]): BoundRoutine[] {
  const routines: BoundRoutine[] = [];
  for (const statement of allStatements(file.script)) {
    const kind = routineKinds[statement.kind];
    if (!kind || !('externalName' in statement) || !statement.externalName) continue;
    const { externalName } = statement;
    const found = findAssembly(assemblies, file, externalName.assembly.value);
    routines.push({
      file,
      statement,
      kind,
      name: statement.name,
      externalName,
      ambiguous: found.kind === 'ambiguous',
      ...(found.kind === 'found' && { assembly: found.assembly }),
    });
  }
  return routines;
}

const routineKinds: Partial<Record<Statement['kind'], BoundRoutine['kind']>> = {
  createProcedure: 'procedure',
  createOrAlterProcedure: 'procedure',
  alterProcedure: 'procedure',
  createFunction: 'function',
  createOrAlterFunction: 'function',
  alterFunction: 'function',
  createTrigger: 'trigger',
  createOrAlterTrigger: 'trigger',
  alterTrigger: 'trigger',
  createAggregate: 'aggregate',
  createTypeUdt: 'type',
};
