// Permissions, signatures and owners.
import type { Cursor } from './cursor.js';
import { parseExpression, parseObjectName, skipParentheses } from './expressions.js';
import { parseCertificateOrKey } from './key-statements.js';
import { TokenKind } from './lexer.js';
import type {
  AlterAuthorization,
  Bare,
  Expression,
  Identifier,
  ObjectName,
  Secret,
  SecurityStatement,
  SignatureSource,
  SignatureStatement,
} from './nodes.js';

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
  const by: SignatureSource[] = [];
  const secrets: Secret[] = [];
  do {
    const start = cursor.index;
    const signer = parseCertificateOrKey(cursor);
    const isPassword = !signer && cursor.isWord('PASSWORD');
    if (!signer && !isPassword) cursor.fail('CERTIFICATE or ASYMMETRIC KEY');
    const option = cursor.index;
    const bracketed = cursor.isWord('WITH') && cursor.takeWord('WITH') && cursor.takeSymbol('(');
    let signature: Expression | undefined;
    if (cursor.isWord('PASSWORD') || cursor.isWord('SIGNATURE')) {
      const isSecret = cursor.isWord('PASSWORD');
      cursor.next();
      cursor.expectSymbol('=');
      const value: Expression = parseExpression(cursor);
      if (isSecret) secrets.push({ kind: 'password', value, span: cursor.spanFrom(option) });
      else signature = value;
    }
    if (bracketed) cursor.expectSymbol(')');
    if (signer || isPassword)
      by.push({
        ...(signer ?? { kind: 'password' }),
        span: cursor.spanFrom(start),
        ...(signature && { signature }),
      });
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
