// Keys, certificates and credentials.
import type { Cursor } from './cursor.js';
import { parseExpression } from './expressions.js';
import type {
  AsymmetricKeyStatement,
  Bare,
  CertificateStatement,
  CredentialStatement,
  Identifier,
  KeySource,
  MasterKeyStatement,
} from './nodes.js';
import { parseSecrets } from './secrets.js';

function parseKeySource(cursor: Cursor): KeySource | undefined {
  const first = cursor.index;
  if (cursor.takeWord('ASSEMBLY'))
    return { kind: 'assembly', name: cursor.identifier('the name of an assembly'), span: cursor.spanFrom(first) };
  if (cursor.takeWord('PROVIDER'))
    return { kind: 'provider', name: cursor.identifier('the name of a provider'), span: cursor.spanFrom(first) };
  if (cursor.takeWord('BINARY')) {
    cursor.expectSymbol('=');
    return { kind: 'binary', value: parseExpression(cursor), span: cursor.spanFrom(first) };
  }
  const executable = cursor.takeWord('EXECUTABLE');
  if (!cursor.takeWord('FILE')) {
    cursor.fail('FILE, EXECUTABLE FILE, ASSEMBLY or another source');
    return undefined;
  }
  cursor.expectSymbol('=');
  return { kind: executable ? 'executableFile' : 'file', path: parseExpression(cursor), span: cursor.spanFrom(first) };
}

/** Behind CREATE, ALTER or DROP ASYMMETRIC KEY. */
export function parseAsymmetricKey(
  cursor: Cursor,
  first: number,
  verb: 'create' | 'alter' | 'drop',
): Bare<AsymmetricKeyStatement> {
  const { name, ...made } = parseMade(cursor, verb, 'the name of an asymmetric key');
  const { secrets } = parseSecrets(cursor);
  return { kind: `${verb}AsymmetricKey`, span: cursor.spanFrom(first), name, secrets, ...made };
}

/** Behind CREATE, ALTER or DROP CERTIFICATE. */
export function parseCertificate(
  cursor: Cursor,
  first: number,
  verb: 'create' | 'alter' | 'drop',
): Bare<CertificateStatement> {
  const { name, ...made } = parseMade(cursor, verb, 'the name of a certificate');
  const { secrets, subject } = parseSecrets(cursor);
  return {
    kind: `${verb}Certificate`,
    span: cursor.spanFrom(first),
    name,
    secrets,
    ...made,
    ...(subject && { subject }),
  };
}

/** The name, the owner, and FROM what. */
function parseMade(
  cursor: Cursor,
  verb: 'create' | 'alter' | 'drop',
  expected: string,
): Pick<AsymmetricKeyStatement, 'name' | 'authorization' | 'source'> {
  const name = cursor.identifier(expected);
  const authorization = cursor.takeWord('AUTHORIZATION') ? cursor.identifier('the name of an owner') : undefined;
  const source = verb === 'create' && cursor.takeWord('FROM') ? parseKeySource(cursor) : undefined;
  return { name, ...(authorization && { authorization }), ...(source && { source }) };
}

/** As the source of a login or user, and as who signs. */
export function parseCertificateOrKey(
  cursor: Cursor,
): { readonly kind: 'certificate' | 'asymmetricKey'; readonly name: Identifier } | undefined {
  if (cursor.takeWord('CERTIFICATE'))
    return { kind: 'certificate', name: cursor.identifier('the name of a certificate') };
  if (cursor.takeWords('ASYMMETRIC', 'KEY'))
    return { kind: 'asymmetricKey', name: cursor.identifier('the name of an asymmetric key') };
  return undefined;
}

/** Behind CREATE, ALTER or DROP MASTER KEY. */
export function parseMasterKey(
  cursor: Cursor,
  first: number,
  verb: 'create' | 'alter' | 'drop',
): Bare<MasterKeyStatement> {
  const { secrets } = parseSecrets(cursor);
  return { kind: `${verb}MasterKey`, span: cursor.spanFrom(first), secrets };
}

/** Behind CREATE, ALTER or DROP [DATABASE SCOPED] CREDENTIAL. */
export function parseCredential(
  cursor: Cursor,
  first: number,
  verb: 'create' | 'alter' | 'drop',
): Bare<CredentialStatement> {
  const name = cursor.identifier('the name of a credential');
  const { secrets } = parseSecrets(cursor);
  return { kind: `${verb}Credential`, span: cursor.spanFrom(first), name, secrets };
}
