// The assembly that a name in a script means.
import type { Statement } from '../tsql/nodes.js';
import type { AssembliesByName, DeployedAssembly, ScriptFile } from './project.js';
import { sameDatabase, type Step } from './timeline.js';

export type Lookup =
  | { readonly kind: 'found'; readonly assembly: DeployedAssembly }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous' };

/**
 * The assembly that a statement of a script means by a name. A script can create one in several databases, or drop it and create
 * it anew: what is there when the statement runs is nearest.
 */
export function findAssembly(byName: AssembliesByName, file: ScriptFile, name: string, by: Statement): Lookup {
  const named = (byName.get(name.toLowerCase()) ?? []).filter((assembly) => assembly.created);
  const inFile = named.filter((assembly) => assembly.created?.file === file);
  return nearest(named, file.uri, inFile.length > 1 ? whenItRuns(inFile, file.timeline.stepOf(by)) : inFile);
}

/**
 * What EXTERNAL NAME means by it. Where no script creates one, it is the only one that the workspace builds under the name: a
 * database project deploys its own. Its bytes may lie beside its sources, and may be older.
 */
export function findBound(byName: AssembliesByName, file: ScriptFile, name: string, by: Statement): Lookup {
  const found = findAssembly(byName, file, name, by);
  if (found.kind !== 'none') return found;
  const built = byName.get(name.toLowerCase()) ?? [];
  const ofSource = built.filter(({ code }) => code?.origin === 'source');
  const [only, more] = ofSource.length > 0 ? ofSource : built;
  return only && !more ? { kind: 'found', assembly: only } : found;
}

/** Several deployments can lie side by side: one of the same script is nearest, then one of the same folder, then the only one. */
export function nearest(
  named: readonly DeployedAssembly[],
  uri: string,
  inFile: readonly DeployedAssembly[] = named.filter((one) => createdAt(one) === uri),
): Lookup {
  for (const near of [inFile, named.filter((one) => folderOf(createdAt(one)) === folderOf(uri)), named]) {
    const last = near.at(-1);
    if (!last) continue;
    const inOneFile = near.every((one) => createdAt(one) === createdAt(last));
    return inOneFile ? { kind: 'found', assembly: last } : { kind: 'ambiguous' };
  }
  return { kind: 'none' };
}

/** The script that creates it; empty where none does. */
export function createdAt({ created }: DeployedAssembly): string {
  return created?.file.uri ?? '';
}

function whenItRuns(assemblies: readonly DeployedAssembly[], step: Step | undefined): readonly DeployedAssembly[] {
  if (!step) return assemblies;
  const here = assemblies.filter(({ database }) => sameDatabase(database, step.database));
  const there = here.filter(({ created }) => {
    const object = created?.file.catalog.objectOf(created.statement);
    const start = object?.created?.index ?? -1;
    return start < step.index && (object?.dropped?.index ?? Infinity) >= step.index;
  });
  return there.length > 0 ? there : here.length > 0 ? here : assemblies;
}

/** Scripts of one folder are one deployment, as far as anyone can tell. */
export function areNear(a: ScriptFile, b: ScriptFile): boolean {
  return folderOf(a.uri) === folderOf(b.uri);
}

export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}
