// CREATE, ALTER and DROP: which production each object of the field has.
import { parseAlterAssembly, parseCreateAssembly, parseDropAssembly } from './assembly-statements.js';
import type { Cursor } from './cursor.js';
import { parseAlterDatabase, parseCreateDatabase } from './database-statements.js';
import { parseAsymmetricKey, parseCertificate, parseCredential, parseMasterKey } from './key-statements.js';
import {
  parseCreateAggregate,
  parseCreateType,
  parseDropObjects,
  parseFunction,
  parseProcedure,
  parseTrigger,
  type ParseBody,
  type Verb,
} from './module-statements.js';
import type { Bare, DropObjects } from './nodes.js';
import { parseLogin, parseRole, parseSchema, parseUser } from './principal-statements.js';
import { parseAlterAuthorization, parseSignature } from './security-statements.js';
import { ended } from './statement-ends.js';

export function parseCreate(cursor: Cursor, first: number, body: ParseBody): Bare | undefined {
  const verb: Verb = cursor.takeWords('OR', 'ALTER') ? 'createOrAlter' : 'create';
  const module = parseModule(cursor, first, verb, body);
  if (module) return module;
  if (cursor.takeWord('ASSEMBLY')) return ended(cursor, parseCreateAssembly(cursor, first));
  if (cursor.takeWord('AGGREGATE')) return ended(cursor, parseCreateAggregate(cursor, first));
  if (cursor.takeWord('TYPE')) {
    const type = parseCreateType(cursor, first);
    return type && ended(cursor, type);
  }
  if (cursor.takeWords('ASYMMETRIC', 'KEY')) return parseAsymmetricKey(cursor, first, 'create');
  if (cursor.takeWord('CERTIFICATE')) return parseCertificate(cursor, first, 'create');
  if (cursor.takeWord('LOGIN')) return parseLogin(cursor, first, 'create');
  if (cursor.takeWord('USER')) return parseUser(cursor, first, 'create');
  const principal = roleOrSecret(cursor, first, 'create');
  if (principal) return principal;
  if (cursor.takeWord('SCHEMA')) return parseSchema(cursor, first, 'create');
  if (cursor.isWord('DATABASE') && !databaseObjects.has(cursor.word(1))) {
    cursor.next();
    return parseCreateDatabase(cursor, first);
  }
  return undefined;
}

export function parseAlter(cursor: Cursor, first: number, body: ParseBody): Bare | undefined {
  const module = parseModule(cursor, first, 'alter', body);
  if (module) return module;
  if (cursor.takeWord('ASSEMBLY')) return ended(cursor, parseAlterAssembly(cursor, first));
  if (cursor.takeWords('ASYMMETRIC', 'KEY')) return parseAsymmetricKey(cursor, first, 'alter');
  if (cursor.takeWord('CERTIFICATE')) return parseCertificate(cursor, first, 'alter');
  if (cursor.takeWord('LOGIN')) return parseLogin(cursor, first, 'alter');
  if (cursor.takeWord('USER')) return parseUser(cursor, first, 'alter');
  const principal = roleOrSecret(cursor, first, 'alter');
  if (principal) return principal;
  if (cursor.takeWord('AUTHORIZATION')) return ended(cursor, parseAlterAuthorization(cursor, first));
  if (cursor.isWord('DATABASE') && !databaseObjects.has(cursor.word(1))) {
    cursor.next();
    return parseAlterDatabase(cursor, first);
  }
  return undefined;
}

export function parseDrop(cursor: Cursor, first: number): Bare | undefined {
  if (cursor.isWord('SIGNATURE') || (cursor.isWord('COUNTER') && cursor.isWord('SIGNATURE', 1)))
    return parseSignature(cursor, first, 'dropSignature');
  if (cursor.takeWord('ASSEMBLY')) return ended(cursor, parseDropAssembly(cursor, first));
  if (cursor.takeWords('ASYMMETRIC', 'KEY')) return parseAsymmetricKey(cursor, first, 'drop');
  if (cursor.takeWord('CERTIFICATE')) return parseCertificate(cursor, first, 'drop');
  if (cursor.takeWord('LOGIN')) return parseLogin(cursor, first, 'drop');
  if (cursor.takeWord('USER')) return parseUser(cursor, first, 'drop');
  if (cursor.takeWord('SCHEMA')) return parseSchema(cursor, first, 'drop');
  const principal = roleOrSecret(cursor, first, 'drop');
  if (principal) return principal;
  const kind = dropped[cursor.word()];
  if (!kind) return undefined;
  cursor.next();
  return parseDropObjects(cursor, first, kind);
}

function roleOrSecret(cursor: Cursor, first: number, verb: 'create' | 'alter' | 'drop'): Bare | undefined {
  if (cursor.isWord('ROLE') || cursor.areWords('SERVER', 'ROLE')) return parseRole(cursor, first, verb);
  if (cursor.takeWords('MASTER', 'KEY')) return parseMasterKey(cursor, first, verb);
  if (cursor.takeWord('CREDENTIAL') || cursor.takeWords('DATABASE', 'SCOPED', 'CREDENTIAL'))
    return parseCredential(cursor, first, verb);
  return undefined;
}

function parseModule(cursor: Cursor, first: number, verb: Verb, body: ParseBody): Bare | undefined {
  if (cursor.takeWord('PROCEDURE') || cursor.takeWord('PROC'))
    return endedModule(cursor, parseProcedure(cursor, first, verb, body));
  if (cursor.isWord('FUNCTION') && !(verb === 'alter' && cursor.isWord('PARTITION', -1))) {
    cursor.next();
    return endedModule(cursor, parseFunction(cursor, first, verb, body));
  }
  if (cursor.takeWord('TRIGGER')) return endedModule(cursor, parseTrigger(cursor, first, verb, body));
  return undefined;
}

function endedModule<T extends { readonly externalName?: unknown }>(cursor: Cursor, module: T): T {
  return module.externalName !== undefined ? ended(cursor, module) : module;
}

const dropped: Readonly<Record<string, DropObjects['kind'] | undefined>> = {
  PROCEDURE: 'dropProcedure',
  PROC: 'dropProcedure',
  FUNCTION: 'dropFunction',
  TRIGGER: 'dropTrigger',
  AGGREGATE: 'dropAggregate',
  TYPE: 'dropType',
};

/** CREATE DATABASE AUDIT SPECIFICATION and its like are no databases. */
const databaseObjects: ReadonlySet<string> = new Set(['AUDIT', 'ENCRYPTION', 'SCOPED', 'EVENT']);
