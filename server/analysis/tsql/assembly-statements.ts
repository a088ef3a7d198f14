// CREATE, ALTER and DROP ASSEMBLY.
import type { Span } from '../text/span.js';
import type { Cursor } from './cursor.js';
import { parseExpression, tryString } from './expressions.js';
import type {
  AddedFile,
  AlterAssembly,
  Bare,
  CreateAssembly,
  DropAssembly,
  Expression,
  Identifier,
  PermissionSetName,
  PermissionSetOption,
  StringLiteral,
} from './nodes.js';

/** Behind CREATE ASSEMBLY. */
export function parseCreateAssembly(cursor: Cursor, first: number): Bare<CreateAssembly> {
  const name = cursor.identifier('the name of an assembly');
  const authorization = cursor.takeWord('AUTHORIZATION') ? cursor.identifier('the name of an owner') : undefined;
  const from: Expression[] = [];
  if (cursor.expectWord('FROM')) {
    do from.push(parseSource(cursor));
    while (cursor.takeSymbol(','));
  }
  let permissionSet: PermissionSetOption | undefined;
  if (cursor.takeWord('WITH')) {
    if (cursor.isWord('PERMISSION_SET')) permissionSet = parsePermissionSet(cursor);
    else cursor.fail('PERMISSION_SET');
  }
  return {
    kind: 'createAssembly',
    span: cursor.spanFrom(first),
    name,
    from,
    ...(authorization && { authorization }),
    ...(permissionSet && { permissionSet }),
  };
}

function parseSource(cursor: Cursor): Expression {
  const before = cursor.index;
  // A path of Linux without quotes reads as a division.
  if (cursor.isSymbol('/')) cursor.fail('a path in quotes');
  const source = parseExpression(cursor);
  if (cursor.index === before) cursor.fail('a path or the bytes of an assembly');
  return source;
}

const permissionSets: Readonly<Record<string, PermissionSetName>> = {
  SAFE: 'SAFE',
  EXTERNAL_ACCESS: 'EXTERNAL_ACCESS',
  UNSAFE: 'UNSAFE',
};

function parsePermissionSet(cursor: Cursor): PermissionSetOption {
  const first = cursor.index;
  cursor.next();
  cursor.expectSymbol('=');
  const word = cursor.word();
  const valueSpan = cursor.tokenSpan;
  const value = Object.hasOwn(permissionSets, word) ? permissionSets[word] : undefined;
  if (value || (cursor.isName() && /[$<]/.test(cursor.source()))) cursor.next();
  else cursor.fail('SAFE, EXTERNAL_ACCESS or UNSAFE');
  return { span: cursor.spanFrom(first), valueSpan, ...(value && { value }) };
}

/** Behind ALTER ASSEMBLY. */
export function parseAlterAssembly(cursor: Cursor, first: number): Bare<AlterAssembly> {
  const name = cursor.identifier('the name of an assembly');
  const clauses = cursor.index;
  const from = cursor.takeWord('FROM') ? parseSource(cursor) : undefined;
  let permissionSet: PermissionSetOption | undefined;
  let visibility: AlterAssembly['visibility'];
  let uncheckedData: Span | undefined;
  if (cursor.takeWord('WITH')) {
    do {
      const option = cursor.index;
      if (cursor.isWord('PERMISSION_SET')) permissionSet = parsePermissionSet(cursor);
      else if (cursor.takeWord('VISIBILITY')) {
        cursor.expectSymbol('=');
        const value = cursor.isWord('ON') ? 'ON' : cursor.isWord('OFF') ? 'OFF' : undefined;
        if (value) cursor.next();
        else cursor.fail('ON or OFF');
        if (value) visibility = { span: cursor.spanFrom(option), value };
      } else if (cursor.takeWord('UNCHECKED')) {
        cursor.expectWord('DATA');
        uncheckedData = cursor.spanFrom(option);
      } else cursor.fail('PERMISSION_SET, VISIBILITY or UNCHECKED DATA');
    } while (cursor.takeSymbol(','));
  }
  const dropFiles = cursor.areWords('DROP', 'FILE') ? parseDropFiles(cursor) : undefined;
  const addFiles = cursor.areWords('ADD', 'FILE') ? parseAddFiles(cursor) : [];
  if (cursor.index === clauses) cursor.fail('FROM, WITH, DROP FILE or ADD FILE');
  return {
    kind: 'alterAssembly',
    span: cursor.spanFrom(first),
    name,
    addFiles,
    ...(from && { from }),
    ...(permissionSet && { permissionSet }),
    ...(visibility && { visibility }),
    ...(uncheckedData && { uncheckedData }),
    ...(dropFiles && { dropFiles }),
  };
}

function parseDropFiles(cursor: Cursor): NonNullable<AlterAssembly['dropFiles']> {
  const first = cursor.index;
  cursor.index += 2;
  if (cursor.takeWord('ALL')) return { span: cursor.spanFrom(first), all: true, names: [] };
  const names: StringLiteral[] = [];
  do {
    const name = tryString(cursor);
    if (name) names.push(name);
    else cursor.fail('ALL or the name of a file');
  } while (cursor.takeSymbol(','));
  return { span: cursor.spanFrom(first), all: false, names };
}

function parseAddFiles(cursor: Cursor): AddedFile[] {
  cursor.index += 2;
  cursor.expectWord('FROM');
  const files: AddedFile[] = [];
  do {
    const first = cursor.index;
    const source = parseSource(cursor);
    const as = cursor.takeWord('AS') ? tryString(cursor) : undefined;
    files.push({ span: cursor.spanFrom(first), source, ...(as && { as }) });
  } while (cursor.takeSymbol(','));
  return files;
}

/** Behind DROP ASSEMBLY. */
export function parseDropAssembly(cursor: Cursor, first: number): Bare<DropAssembly> {
  const ifExists = cursor.takeWords('IF', 'EXISTS');
  const names: Identifier[] = [];
  do names.push(cursor.identifier('the name of an assembly'));
  while (cursor.takeSymbol(','));
  let noDependents = false;
  if (cursor.takeWord('WITH')) {
    noDependents = cursor.takeWords('NO', 'DEPENDENTS');
    if (!noDependents) cursor.fail('NO DEPENDENTS');
  }
  return { kind: 'dropAssembly', span: cursor.spanFrom(first), names, ifExists, noDependents };
}
