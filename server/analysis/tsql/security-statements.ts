// Keys, certificates, logins, users, permissions, signatures and owners.
import type { Cursor } from './cursor.js';
import { parseExpression, parseObjectName, skipParentheses, tryString } from './expressions.js';
import { TokenKind } from './lexer.js';
import type {
  AlterAuthorization,
  AsymmetricKeyStatement,
  CertificateStatement,
  CredentialStatement,
  Expression,
  Identifier,
  KeySource,
  LoginStatement,
  MasterKeyStatement,
  ObjectName,
  RoleStatement,
  SchemaStatement,
  Secret,
  SecurityStatement,
  SignatureStatement,
  StringLiteral,
  UserStatement,
} from './nodes.js';
import { beginsStatement } from './starters.js';

type Bare<T> = Omit<T, 'conditional'>;

/** Passwords and private keys named anywhere in the rest of a statement, which is taken; semicolon and next statement are not. */
function parseSecrets(cursor: Cursor, subject?: (value: StringLiteral) => void): Secret[] {
  const secrets: Secret[] = [];
  let depth = 0;
  while (!cursor.atBatchEnd && !cursor.isSymbol(';')) {
    const first = cursor.index;
    if (cursor.isSymbol('(')) depth++;
    else if (cursor.isSymbol(')')) depth--;
    else if (depth === 0 && cursor.index > first && beginsStatement(cursor)) break;
    if ((cursor.isWord('PASSWORD') || cursor.isWord('SECRET')) && cursor.isSymbol('=', 1)) {
      const start = wordsBefore(cursor, first);
      cursor.index += 2;
      secrets.push({ kind: 'password', value: parseExpression(cursor), span: cursor.spanFrom(start) });
      continue;
    }
    if (cursor.isWord('BINARY') && cursor.isSymbol('=', 1) && depth > 0) {
      cursor.index += 2;
      secrets.push({ kind: 'privateKey', value: parseExpression(cursor), span: cursor.spanFrom(first) });
      continue;
    }
    if (subject && cursor.isWord('SUBJECT') && cursor.isSymbol('=', 1)) {
      cursor.index += 2;
      const value = tryString(cursor);
      if (value) subject(value);
      continue;
    }
    if (depth <= 0 && beginsStatement(cursor)) break;
    cursor.next();
  }
  return secrets;
}

/** `DECRYPTION BY` or `ENCRYPTION BY` before PASSWORD belongs to it. */
function wordsBefore(cursor: Cursor, index: number): number {
  return cursor.isWord('BY', -1) && (cursor.isWord('DECRYPTION', -2) || cursor.isWord('ENCRYPTION', -2))
    ? index - 2
    : index;
}

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
  const name = cursor.identifier('the name of an asymmetric key');
  const authorization = cursor.takeWord('AUTHORIZATION') ? cursor.identifier('the name of an owner') : undefined;
  const source = verb === 'create' && cursor.takeWord('FROM') ? parseKeySource(cursor) : undefined;
  const secrets = parseSecrets(cursor);
  return {
    kind: verb === 'create' ? 'createAsymmetricKey' : verb === 'alter' ? 'alterAsymmetricKey' : 'dropAsymmetricKey',
    span: cursor.spanFrom(first),
    name,
    secrets,
    ...(authorization && { authorization }),
    ...(source && { source }),
  };
}

/** Behind CREATE, ALTER or DROP CERTIFICATE. */
export function parseCertificate(
  cursor: Cursor,
  first: number,
  verb: 'create' | 'alter' | 'drop',
): Bare<CertificateStatement> {
  const name = cursor.identifier('the name of a certificate');
  const authorization = cursor.takeWord('AUTHORIZATION') ? cursor.identifier('the name of an owner') : undefined;
  const source = verb === 'create' && cursor.takeWord('FROM') ? parseKeySource(cursor) : undefined;
  let subject: StringLiteral | undefined;
  const secrets = parseSecrets(cursor, (value) => (subject = value));
  return {
    kind: verb === 'create' ? 'createCertificate' : verb === 'alter' ? 'alterCertificate' : 'dropCertificate',
    span: cursor.spanFrom(first),
    name,
    secrets,
    ...(authorization && { authorization }),
    ...(source && { source }),
    ...(subject && { subject }),
  };
}

function parseCertificateOrKey(
  cursor: Cursor,
): { readonly kind: 'certificate' | 'asymmetricKey'; readonly name: Identifier } | undefined {
  if (cursor.takeWord('CERTIFICATE'))
    return { kind: 'certificate', name: cursor.identifier('the name of a certificate') };
  if (cursor.takeWords('ASYMMETRIC', 'KEY'))
    return { kind: 'asymmetricKey', name: cursor.identifier('the name of an asymmetric key') };
  return undefined;
}

/** Behind CREATE, ALTER or DROP LOGIN. */
export function parseLogin(cursor: Cursor, first: number, verb: 'create' | 'alter' | 'drop'): Bare<LoginStatement> {
  const name = cursor.identifier('the name of a login');
  let source: LoginStatement['source'];
  if (verb === 'create' && (cursor.takeWord('FROM') || cursor.takeWord('FOR'))) {
    source = parseCertificateOrKey(cursor);
    if (!source && cursor.takeWord('WINDOWS')) source = { kind: 'windows' };
    if (!source && cursor.takeWords('EXTERNAL', 'PROVIDER')) source = { kind: 'externalProvider' };
  } else if (verb === 'create' && cursor.isWord('WITH')) source = { kind: 'password' };
  const secrets = parseSecrets(cursor);
  return {
    kind: verb === 'create' ? 'createLogin' : verb === 'alter' ? 'alterLogin' : 'dropLogin',
    span: cursor.spanFrom(first),
    name,
    secrets,
    ...(source && { source }),
  };
}

/** Behind CREATE, ALTER or DROP USER. */
export function parseUser(cursor: Cursor, first: number, verb: 'create' | 'alter' | 'drop'): Bare<UserStatement> {
  if (verb === 'drop') cursor.takeWords('IF', 'EXISTS');
  const name = cursor.identifier('the name of a user');
  let source: UserStatement['source'];
  if (verb === 'create') {
    if (cursor.takeWord('FROM') || cursor.takeWord('FOR')) {
      source = parseCertificateOrKey(cursor);
      if (!source && cursor.takeWord('LOGIN'))
        source = { kind: 'login', name: cursor.identifier('the name of a login') };
      if (!source && cursor.takeWords('EXTERNAL', 'PROVIDER')) source = { kind: 'externalProvider' };
    } else if (cursor.takeWords('WITHOUT', 'LOGIN')) source = { kind: 'withoutLogin' };
    else if (cursor.areWords('WITH', 'PASSWORD')) source = { kind: 'password' };
  }
  const secrets = parseSecrets(cursor);
  return {
    kind: verb === 'create' ? 'createUser' : verb === 'alter' ? 'alterUser' : 'dropUser',
    span: cursor.spanFrom(first),
    name,
    secrets,
    ...(source && { source }),
  };
}

/** Behind CREATE, ALTER or DROP, at [SERVER] ROLE. */
export function parseRole(cursor: Cursor, first: number, verb: 'create' | 'alter' | 'drop'): Bare<RoleStatement> {
  const ofServer = cursor.takeWord('SERVER');
  cursor.expectWord('ROLE');
  if (verb === 'drop') cursor.takeWords('IF', 'EXISTS');
  const name = cursor.identifier(ofServer ? 'the name of a server role' : 'the name of a role');
  const authorization =
    verb === 'create' && cursor.takeWord('AUTHORIZATION') ? cursor.identifier('the name of an owner') : undefined;
  const member = verb === 'alter' ? parseMember(cursor) : undefined;
  return {
    kind: ofServer ? `${verb}ServerRole` : `${verb}Role`,
    span: cursor.spanFrom(first),
    name,
    ...(authorization && { authorization }),
    ...(member && { member }),
  };
}

/** ADD MEMBER or DROP MEMBER; undefined for WITH NAME. */
function parseMember(cursor: Cursor): RoleStatement['member'] {
  const action = cursor.takeWords('ADD', 'MEMBER') ? 'add' : cursor.takeWords('DROP', 'MEMBER') ? 'drop' : undefined;
  if (action) return { action, name: cursor.identifier('the name of a member') };
  if (cursor.takeWords('WITH', 'NAME')) {
    cursor.expectSymbol('=');
    cursor.identifier('a name');
  }
  return undefined;
}

/** Behind CREATE or DROP SCHEMA. */
export function parseSchema(cursor: Cursor, first: number, verb: 'create' | 'drop'): Bare<SchemaStatement> {
  if (verb === 'drop') cursor.takeWords('IF', 'EXISTS');
  const isNamed = !cursor.isWord('AUTHORIZATION');
  const own = isNamed ? cursor.identifier('the name of a schema') : undefined;
  const authorization =
    verb === 'create' && cursor.takeWord('AUTHORIZATION') ? cursor.identifier('the name of an owner') : undefined;
  const name = own ?? authorization ?? cursor.identifier('the name of a schema');
  return { kind: `${verb}Schema`, span: cursor.spanFrom(first), name, ...(authorization && { authorization }) };
}

/** Behind CREATE, ALTER or DROP MASTER KEY. */
export function parseMasterKey(
  cursor: Cursor,
  first: number,
  verb: 'create' | 'alter' | 'drop',
): Bare<MasterKeyStatement> {
  const secrets = parseSecrets(cursor);
  return { kind: `${verb}MasterKey`, span: cursor.spanFrom(first), secrets };
}

/** Behind CREATE, ALTER or DROP [DATABASE SCOPED] CREDENTIAL. */
export function parseCredential(
  cursor: Cursor,
  first: number,
  verb: 'create' | 'alter' | 'drop',
): Bare<CredentialStatement> {
  const name = cursor.identifier('the name of a credential');
  const secrets = parseSecrets(cursor);
  return { kind: `${verb}Credential`, span: cursor.spanFrom(first), name, secrets };
}

/** Behind GRANT, DENY or REVOKE. */
export function parsePermissions(
  cursor: Cursor,
  first: number,
  kind: SecurityStatement['kind'],
): Bare<SecurityStatement> {
  if (kind === 'revoke') cursor.takeWords('GRANT', 'OPTION', 'FOR');
  const permissions: { span: SecurityStatement['span']; name: string }[] = [];
  do permissions.push(parsePermission(cursor));
  while (cursor.takeSymbol(','));
  const securable = cursor.takeWord('ON') ? parseSecurable(cursor) : undefined;
  if (!cursor.takeWord('TO') && !cursor.takeWord('FROM')) cursor.fail(kind === 'revoke' ? 'FROM' : 'TO');
  const principals: Identifier[] = [];
  do principals.push(cursor.identifier('the name of a principal'));
  while (cursor.takeSymbol(','));
  const withGrantOption = cursor.takeWords('WITH', 'GRANT', 'OPTION');
  cursor.takeWord('CASCADE');
  if (cursor.takeWord('AS')) cursor.identifier('the name of a principal');
  return {
    kind,
    span: cursor.spanFrom(first),
    permissions,
    principals,
    withGrantOption,
    ...(securable && { securable }),
  };
}

function parsePermission(cursor: Cursor): { readonly span: SecurityStatement['span']; readonly name: string } {
  const first = cursor.index;
  const words: string[] = [];
  while (cursor.isName() && !cursor.isWord('ON') && !cursor.isWord('TO') && !cursor.isWord('FROM')) {
    words.push(cursor.source().toUpperCase());
    cursor.next();
  }
  if (words.length === 0) cursor.fail('a permission');
  if (cursor.isSymbol('(')) skipParentheses(cursor);
  return { span: cursor.spanFrom(first), name: words.join(' ') };
}

/** `CLASS NAME::a.b (columns)`. */
function parseSecurable(cursor: Cursor): NonNullable<SecurityStatement['securable']> {
  const first = cursor.index;
  const className = parseClass(cursor);
  const name = parseObjectName(cursor, 'the name of a securable');
  if (cursor.isSymbol('(')) skipParentheses(cursor);
  return { span: cursor.spanFrom(first), name, ...(className && { class: className }) };
}

/** The words before `::`, where there are some; upper case. */
function parseClass(cursor: Cursor): string | undefined {
  let ahead = 0;
  while (cursor.kind(ahead) === TokenKind.word && ahead < 5) ahead++;
  if (ahead === 0 || !cursor.isSymbol(':', ahead) || !cursor.isSymbol(':', ahead + 1)) return undefined;
  const words = Array.from({ length: ahead }, (_, index) => cursor.word(index));
  cursor.index += ahead + 2;
  return words.join(' ');
}

/** Behind ADD or DROP, at [COUNTER] SIGNATURE. */
export function parseSignature(
  cursor: Cursor,
  first: number,
  kind: SignatureStatement['kind'],
): Bare<SignatureStatement> {
  const counter = cursor.takeWord('COUNTER');
  cursor.expectWord('SIGNATURE');
  cursor.expectWord(kind === 'addSignature' ? 'TO' : 'FROM');
  const className = parseClass(cursor);
  const name: ObjectName = parseObjectName(cursor, 'the name of what is signed');
  cursor.expectWord('BY');
  const by: { kind: 'certificate' | 'asymmetricKey' | 'password'; name?: Identifier }[] = [];
  const secrets: Secret[] = [];
  do {
    const signer = parseCertificateOrKey(cursor);
    if (signer) by.push(signer);
    else if (cursor.isWord('PASSWORD')) by.push({ kind: 'password' });
    else cursor.fail('CERTIFICATE or ASYMMETRIC KEY');
    const option = cursor.index;
    const bracketed = cursor.isWord('WITH') && cursor.takeWord('WITH') && cursor.takeSymbol('(');
    if (cursor.isWord('PASSWORD') || cursor.isWord('SIGNATURE')) {
      const isPassword = cursor.isWord('PASSWORD');
      cursor.next();
      cursor.expectSymbol('=');
      const value: Expression = parseExpression(cursor);
      if (isPassword) secrets.push({ kind: 'password', value, span: cursor.spanFrom(option) });
    }
    if (bracketed) cursor.expectSymbol(')');
  } while (cursor.takeSymbol(','));
  return { kind, span: cursor.spanFrom(first), counter, name, by, secrets, ...(className && { class: className }) };
}

/** Behind ALTER AUTHORIZATION. */
export function parseAlterAuthorization(cursor: Cursor, first: number): Bare<AlterAuthorization> {
  cursor.expectWord('ON');
  const className = parseClass(cursor);
  const name = parseObjectName(cursor, 'the name of a securable');
  cursor.expectWord('TO');
  const to = cursor.takeWords('SCHEMA', 'OWNER') ? undefined : cursor.identifier('the name of a principal');
  return {
    kind: 'alterAuthorization',
    span: cursor.spanFrom(first),
    name,
    ...(className && { class: className }),
    ...(to && { to }),
  };
}
