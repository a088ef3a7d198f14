// Logins, users, roles and schemas.
import type { Cursor } from './cursor.js';
import { parseCertificateOrKey } from './key-statements.js';
import type { Bare, LoginStatement, RoleStatement, SchemaStatement, UserStatement } from './nodes.js';
import { parseSecrets } from './secrets.js';

/** Behind CREATE, ALTER or DROP LOGIN. */
export function parseLogin(cursor: Cursor, first: number, verb: 'create' | 'alter' | 'drop'): Bare<LoginStatement> {
  const name = cursor.identifier('the name of a login');
  let source: LoginStatement['source'];
  if (verb === 'create' && (cursor.takeWord('FROM') || cursor.takeWord('FOR'))) {
    source = parseCertificateOrKey(cursor);
    if (!source && cursor.takeWord('WINDOWS')) source = { kind: 'windows' };
    if (!source && cursor.takeWords('EXTERNAL', 'PROVIDER')) source = { kind: 'externalProvider' };
  } else if (verb === 'create' && cursor.isWord('WITH')) source = { kind: 'password' };
  const { options, secrets } = parseSecrets(cursor);
  return { kind: `${verb}Login`, span: cursor.spanFrom(first), name, options, secrets, ...(source && { source }) };
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
  const { options, secrets } = parseSecrets(cursor);
  return { kind: `${verb}User`, span: cursor.spanFrom(first), name, options, secrets, ...(source && { source }) };
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
