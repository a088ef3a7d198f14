// Whether an assembly is signed with a key or certificate that a script makes.
import { constantOf, textOf } from '../tsql/constants.js';
import { hexOf } from './file-reader.js';
import type { KeySource } from '../tsql/nodes.js';
import type { Deposit } from './deposits.js';
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

function byKey(signer: Signer, { file, statement, image }: Deposit, project: Project): Cover {
  const { source } = signer.statement;
  if (!source || source.kind === 'provider') return 'none';
  if (isOwnSource(source, statement.name.value, signer, file.uri))
    return image && !isSigned(image) ? 'unsigned' : 'yes';
  if (!image) return 'maybe';
  if (!isSigned(image)) return 'unsigned';
  const token = tokenOf(signer, project);
  if (token === undefined) return 'maybe';
  return token === image.code.identity.publicKeyToken ? 'yes' : 'other';
}

/** FROM ASSEMBLY of its name, or FROM EXECUTABLE FILE of its path. */
export function isMadeOf({ file, statement }: Signer, deposit: Deposit): boolean {
  const { source } = statement;
  if (source?.kind === 'assembly') return sameName(source.name.value, deposit.statement.name.value);
  if (source?.kind !== 'executableFile') return false;
  const from = deposit.statement.kind === 'createAssembly' ? deposit.statement.from[0] : deposit.statement.from;
  const path = from && textOf(deposit.file.script, from);
  return path !== undefined && sameName(path, textOf(file.script, source.path) ?? '');
}

function isSigned({ code }: NonNullable<Deposit['image']>): boolean {
  return code.strongName === 'signed';
}

/** FROM ASSEMBLY of the very name, in the script that creates it. */
function isOwnSource(source: KeySource, name: string, signer: Signer, uri: string): boolean {
  return (
    source.kind === 'assembly' && signer.file.uri === uri && source.name.value.toLowerCase() === name.toLowerCase()
  );
}

/** Of the assembly that the key is taken from, where its bytes are in the project. */
function tokenOf({ file, statement }: Signer, project: Project): string | undefined {
  const { source } = statement;
  if (source?.kind === 'assembly') {
    const found = findAssembly(project.byName, file, source.name.value, statement);
    return found.kind === 'found' ? found.assembly.image?.code.identity.publicKeyToken : undefined;
  }
  if (source?.kind !== 'executableFile') return undefined;
  const base = textOf(file.script, source.path)?.split(/[\\/]/).at(-1)?.toLowerCase();
  const named = project.images.filter(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1).toLowerCase() === base);
  const tokens = new Set(named.map(({ image }) => image?.code.identity.publicKeyToken));
  const [token] = tokens;
  return tokens.size === 1 ? token : undefined;
}

/** A certificate stands in the signature as it is, in DER. */
function byCertificate({ file, statement }: Signer, { image }: Deposit): Cover {
  const { source } = statement;
  if (!source || source.kind === 'provider') return 'none';
  if (!image) return 'maybe';
  if (!image.authenticode) return 'unsigned';
  const constant = source.kind === 'binary' ? constantOf(file.script, source.value) : undefined;
  if (constant?.kind !== 'binary') return 'maybe';
  const certificate = constant.pieces
    .map(({ raw }) => raw.replace(/[\\\s]+/g, ''))
    .join('')
    .toUpperCase();
  const at = hexOf(image.authenticode).indexOf(certificate);
  return at >= 0 && at % 2 === 0 ? 'yes' : 'other';
}
