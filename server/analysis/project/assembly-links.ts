// Which assembly of the project another means by a reference: the one that is deployed beside it.
import type { Referenced } from '../code/linked-graph.js';
import type { AssemblyCode, AssemblyIdentity } from '../code/model.js';
import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import { createdAt, nearest } from './find-assembly.js';
import { grouped } from './grouped.js';
import { folderOf } from '../packages/paths.js';
import { sameDatabase } from './timeline.js';
import type { AssembliesByName, DeployedAssembly, ImageFile, Packages } from './project.js';

export interface LinkInput extends Pick<Packages, 'libraries'> {
  readonly byIdentity: AssembliesByName;
  readonly images: readonly ImageFile[];
}

/** The same for every assembly that belongs to the one given. */
export class AssemblyLinks {
  readonly #input: LinkInput;
  readonly #inFolder: ReadonlyMap<string, readonly ImageFile[]>;
  readonly #known = new Map<DeployedAssembly, Referenced>();

  constructor(input: LinkInput) {
    this.#input = input;
    this.#inFolder = grouped(input.images, ({ uri }) => folderOf(uri));
  }

  of(assembly: DeployedAssembly): Referenced {
    let referenced = this.#known.get(assembly);
    if (!referenced) {
      const meant = new Map<AssemblyIdentity, AssemblyCode | undefined>();
      referenced = (by, name) => {
        const reference = by.references.find((one) => one.name === name);
        if (!reference || findFrameworkAssembly(name)) return undefined;
        if (!meant.has(reference)) meant.set(reference, this.#find(assembly, by, reference));
        return meant.get(reference);
      };
      this.#known.set(assembly, referenced);
    }
    return referenced;
  }

  /** What scripts register; else what SQL Server finds beside a file, and what sources are compiled against. */
  #find(root: DeployedAssembly, by: AssemblyCode, reference: AssemblyIdentity): AssemblyCode | undefined {
    const registered = (this.#input.byIdentity.get(reference.name.toLowerCase()) ?? []).filter(
      (one) => one.code && one.created && isMeant(reference, one.code) && belongTogether(root, one),
    );
    const found = nearest(registered, root.created?.file.uri ?? root.codeAt?.uri ?? '');
    if (found.kind !== 'none') return found.kind === 'found' ? found.assembly.code : undefined;
    const beside = this.#inFolder.get(folderOf(root.codeAt?.uri ?? '')) ?? [];
    const files = root.code?.origin === 'image' && root.codeAt?.uri !== root.created?.file.uri ? beside : [];
    const candidates = [...files.flatMap(({ image }) => image?.code ?? []), ...(this.#input.libraries.get(by) ?? [])];
    return candidates.find((code) => code !== by && isMeant(reference, code));
  }
}

/** An assembly refers to others of the same owner in the same database (Msg 6548). */
function belongTogether(one: DeployedAssembly, other: DeployedAssembly): boolean {
  const isOwned = one.owner === undefined || other.owner === undefined || one.owner === other.owner;
  return isOwned && (createdAt(one) !== createdAt(other) || sameDatabase(one.database, other.database));
}

/** A source's key token is not known, and its version may be numbered by the compiler. */
function isMeant(reference: AssemblyIdentity, { identity, origin, strongName }: AssemblyCode): boolean {
  if (identity.name.toLowerCase() !== reference.name.toLowerCase()) return false;
  const isOpen = [reference.version, identity.version].some((version) => version === '' || version.includes('*'));
  if (!isOpen && reference.version !== identity.version) return false;
  if (reference.publicKeyToken === undefined) return true;
  return origin === 'source' ? strongName !== 'unsigned' : identity.publicKeyToken === reference.publicKeyToken;
}
