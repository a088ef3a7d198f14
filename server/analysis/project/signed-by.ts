// Whether an assembly is signed with a key or certificate that a script makes.
import { digitsOf, textOf } from '../tsql/constants.js';
import { hexOf } from './file-reader.js';
import { sourceOf, type Deposit } from './deposits.js';
import { fileNameOf } from './file-sources.js';
import { findAssembly, folderOf } from './find-assembly.js';
import { grouped } from './grouped.js';
import type { Project } from './project.js';
import { askable, rightOf, type Signer } from './signers.js';

/**
 * `maybe`: key or bytes are not known. `unsigned`: nobody signed it in that way. `other`: someone else did. `none`: what SQL Server
 * makes itself, to encrypt or to sign modules, has to do with no assembly.
 */
export type Cover = 'yes' | 'maybe' | 'unsigned' | 'other' | 'none';

export interface Chain {
  readonly signer: Signer;
  readonly cover: Cover;
}

/** So many signers that are alike in all that is asked of them stand for all: a script can make thousands, of thousands of assemblies. */
const most = 20;

/** Of the signers that have a say in a deposit, in their order. */
export function chainsIn(signers: readonly Signer[], project: Project): (deposit: Deposit) => readonly Chain[] {
  const images = grouped(project.images, ({ uri }) => fileNameOf(uri));
  const known = signers.map((signer, order): KnownSigner => {
    return { signer, order, token: tokenOf(signer, project, images), source: sourceOfSigner(signer) };
  });
  const alike = grouped(known.flatMap(usesOf), ({ group, kind }) => `${group}\n${kind}`);
  const groups = grouped(
    [...alike.values()].flatMap((uses) => uses.slice(0, most)),
    ({ group }) => group,
  );
  // Whether a certificate is the one, nothing but the signature tells.
  const certificates = known.filter(({ signer }) => signer.kind === 'certificate');
  return (deposit) => {
    const { file, image } = deposit;
    const sources = sourcesOf(deposit);
    const asked = ['', ...sources, image?.code.identity.publicKeyToken ?? ''].flatMap(
      (group) => groups.get(group) ?? [],
    );
    const near = ['', ...sources].flatMap((source) => groups.get(folderOf(file.uri) + source) ?? []);
    const some = new Set([...[...asked, ...near].map(({ of }) => of), ...(image?.authenticode ? certificates : [])]);
    return [...some].sort((a, b) => a.order - b.order).map((one) => ({ ...one, cover: coverOf(one, deposit) }));
  };
}

interface KnownSigner {
  readonly signer: Signer;
  readonly order: number;
  /** That of its key, where the bytes with it are in the project. */
  readonly token: string | undefined;
  /** What it is made of. */
  readonly source: string | undefined;
}

/** What it is looked for by, with all else that is asked of it. */
function usesOf(
  of: KnownSigner,
): readonly { readonly of: KnownSigner; readonly group: string; readonly kind: string }[] {
  const { signer, token, source } = of;
  const rights = askable.map((asked) => rightOf(signer, asked) !== undefined);
  const kind = [
    signer.kind,
    signer.statement.source?.kind,
    token === undefined,
    signer.logins.length > 0,
    ...rights,
  ].join();
  const folder = folderOf(signer.file.uri);
  const groups = ['', folder, token, source, source && folder + source];
  return groups.flatMap((group) => (group === undefined ? [] : { of, group, kind }));
}

function coverOf(one: KnownSigner, deposit: Deposit): Cover {
  return one.signer.kind === 'certificate' ? byCertificate(one.signer, deposit) : byKey(one, deposit);
}

function byKey({ signer, token }: KnownSigner, deposit: Deposit): Cover {
  const { image } = deposit;
  const { source } = signer.statement;
  if (!source || source.kind === 'provider') return 'none';
  if (image && image.code.strongName !== 'signed') return 'unsigned';
  if (isOwnSource(signer, deposit)) return 'yes';
  if (!image) return 'maybe';
  if (token === undefined) return 'maybe';
  return token === image.code.identity.publicKeyToken ? 'yes' : 'other';
}

/** SQL Server takes a key or certificate from nothing that has none: of that very file, or of that assembly of the same script. */
function isOwnSource(signer: Signer, deposit: Deposit): boolean {
  return isMadeOf(signer, deposit) && (signer.statement.source?.kind !== 'assembly' || signer.file === deposit.file);
}

/** FROM ASSEMBLY of its name, or FROM EXECUTABLE FILE of its path. */
export function isMadeOf(signer: Signer, deposit: Deposit): boolean {
  const source = sourceOfSigner(signer);
  return source !== undefined && sourcesOf(deposit).includes(source);
}

function sourceOfSigner({ file, statement: { source } }: Signer): string | undefined {
  if (source?.kind === 'assembly') return sourceKey('assembly', source.name.value);
  return source?.kind === 'executableFile' ? sourceKey('file', textOf(file.script, source.path)) : undefined;
}

/** What a key of the deposit can be made of. */
function sourcesOf(deposit: Deposit): readonly string[] {
  const from = sourceOf(deposit);
  const path = from && textOf(deposit.handedBy.file.script, from);
  return [sourceKey('assembly', deposit.name), sourceKey('file', path)].flatMap((key) => key ?? []);
}

function sourceKey(kind: 'assembly' | 'file', name: string | undefined): string | undefined {
  return name === undefined || (kind === 'file' && name.includes('$(?)')) ? undefined : `${kind} ${name.toLowerCase()}`;
}

/** Of the assembly that the key is taken from, where its bytes are in the project. */
function tokenOf(
  { file, statement }: Signer,
  project: Project,
  images: ReadonlyMap<string, Project['images']>,
): string | undefined {
  const { source } = statement;
  if (source?.kind === 'assembly') {
    const found = findAssembly(project.byName, file, source.name.value, statement);
    return found.kind === 'found' ? found.assembly.image?.code.identity.publicKeyToken : undefined;
  }
  if (source?.kind !== 'executableFile') return undefined;
  const path = textOf(file.script, source.path);
  const base = path === undefined ? undefined : fileNameOf(path);
  const named = (base !== undefined && images.get(base)) || [];
  const tokens = new Set(named.map(({ image }) => image?.code.identity.publicKeyToken));
  const [token] = tokens;
  return tokens.size === 1 ? token : undefined;
}

/** A certificate stands in the signature as it is, in DER. */
function byCertificate(signer: Signer, deposit: Deposit): Cover {
  const { image } = deposit;
  const { file, statement } = signer;
  const { source } = statement;
  if (!source || source.kind === 'provider') return 'none';
  if (image && !image.authenticode) return 'unsigned';
  if (isOwnSource(signer, deposit)) return 'yes';
  if (!image?.authenticode) return 'maybe';
  const certificate = source.kind === 'binary' ? digitsOf(file.script, source.value) : undefined;
  if (certificate === undefined) return 'maybe';
  const at = hexOf(image.authenticode).indexOf(certificate.toUpperCase());
  return at >= 0 && at % 2 === 0 ? 'yes' : 'other';
}
