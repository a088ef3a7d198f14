// Which assembly of the project another means by a reference: the one that is deployed beside it.
import type { Referenced } from '../code/linked-graph.js';
import type { AssemblyCode, AssemblyIdentity } from '../code/model.js';
import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import { grouped } from './grouped.js';
import { folderOf } from '../packages/paths.js';
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
      ({ code, owner, created }) =>
        code &&
        created &&
        isMeant(reference, code) &&
        (owner === undefined || root.owner === undefined || owner === root.owner),
    );
    if (registered.length > 0) return nearest(root, registered)?.code;
    const beside = this.#inFolder.get(folderOf(root.codeAt?.uri ?? '')) ?? [];
    const files = root.code?.origin === 'image' && root.codeAt?.uri !== root.created?.file.uri ? beside : [];
    const candidates = [...files.flatMap(({ image }) => image?.code ?? []), ...(this.#input.libraries.get(by) ?? [])];
    return candidates.find((code) => code !== by && isMeant(reference, code));
  }
}

/** Several deployments can lie side by side: one of the same script is nearest, then one of the same folder, then the only one. */
function nearest(root: DeployedAssembly, named: readonly DeployedAssembly[]): DeployedAssembly | undefined {
  const uri = root.created?.file.uri ?? root.codeAt?.uri ?? '';
  const uriOf = ({ created }: DeployedAssembly): string => created?.file.uri ?? '';
  for (const near of [
    named.filter((one) => uriOf(one) === uri),
    named.filter((one) => folderOf(uriOf(one)) === folderOf(uri)),
    named,
  ]) {
    const last = near.at(-1);
    if (last) return near.every((one) => uriOf(one) === uriOf(last)) ? last : undefined;
  }
  return undefined;
}

/** A source's key token is not known, and its version may be numbered by the compiler. */
function isMeant(reference: AssemblyIdentity, { identity, origin, strongName }: AssemblyCode): boolean {
  if (identity.name.toLowerCase() !== reference.name.toLowerCase()) return false;
  const isOpen = [reference.version, identity.version].some((version) => version === '' || version.includes('*'));
  if (!isOpen && reference.version !== identity.version) return false;
  if (reference.publicKeyToken === undefined) return true;
  return origin === 'source' ? strongName !== 'unsigned' : identity.publicKeyToken === reference.publicKeyToken;
}
