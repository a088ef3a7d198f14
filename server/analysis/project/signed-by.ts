// Whether an assembly is signed with a key or certificate that a script makes.
import { digitsOf, textOf } from '../tsql/constants.js';
import { hexOf } from './file-reader.js';
import { sourceOf, type Deposit } from './deposits.js';
import { fileNameOf } from './file-sources.js';
import { findAssembly } from './find-assembly.js';
import { sameName } from './names.js';
import type { Project } from './project.js';
import type { Signer } from './signers.js';

/**
 * `maybe`: key or bytes are not known. `unsigned`: nobody signed it in that way. `other`: someone else did. `none`: what SQL Server
 * makes itself, to encrypt or to sign modules, has to do with no assembly.
 */
export type Cover = 'yes' | 'maybe' | 'unsigned' | 'other' | 'none';

export function coverOf(signer: Signer, deposit: Deposit, project: Project): Cover {
  return signer.kind === 'certificate' ? byCertificate(signer, deposit) : byKey(signer, deposit, project);
}

function byKey(signer: Signer, deposit: Deposit, project: Project): Cover {
  const { image } = deposit;
  const { source } = signer.statement;
  if (!source || source.kind === 'provider') return 'none';
  if (image && image.code.strongName !== 'signed') return 'unsigned';
  if (isOwnSource(signer, deposit)) return 'yes';
  if (!image) return 'maybe';
  const token = tokenOf(signer, project);
  if (token === undefined) return 'maybe';
  return token === image.code.identity.publicKeyToken ? 'yes' : 'other';
}

/** SQL Server takes a key or certificate from nothing that has none: of that very file, or of that assembly of the same script. */
function isOwnSource(signer: Signer, deposit: Deposit): boolean {
  return isMadeOf(signer, deposit) && (signer.statement.source?.kind !== 'assembly' || signer.file === deposit.file);
}

/** FROM ASSEMBLY of its name, or FROM EXECUTABLE FILE of its path. */
export function isMadeOf({ file, statement }: Signer, deposit: Deposit): boolean {
  const { source } = statement;
  if (source?.kind === 'assembly') return sameName(source.name.value, deposit.name);
  if (source?.kind !== 'executableFile') return false;
  const from = sourceOf(deposit);
  const path = from && textOf(deposit.handedBy.file.script, from);
  return path !== undefined && !path.includes('$(?)') && sameName(path, textOf(file.script, source.path) ?? '');
}

/** Of the assembly that the key is taken from, where its bytes are in the project. */
function tokenOf({ file, statement }: Signer, project: Project): string | undefined {
  const { source } = statement;
  if (source?.kind === 'assembly') {
    const found = findAssembly(project.byName, file, source.name.value, statement);
    return found.kind === 'found' ? found.assembly.image?.code.identity.publicKeyToken : undefined;
  }
  if (source?.kind !== 'executableFile') return undefined;
  const path = textOf(file.script, source.path);
  const base = path === undefined ? undefined : fileNameOf(path);
  const named = project.images.filter(({ uri }) => fileNameOf(uri) === base);
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
