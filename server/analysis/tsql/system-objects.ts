// Which tables and views of the system a query reads.
import { TokenKind, tokenize } from './lexer.js';
import { undoubled } from './cursor.js';

/** `sys.objects`, `INFORMATION_SCHEMA.COLUMNS`: the first that stands behind FROM or JOIN; undefined where none does. */
export function systemObjectIn(sql: string): string | undefined {
  const tokens = tokenize(sql);
  const textAt = (index: number): string => sql.slice(tokens.starts[index], tokens.ends[index]);
  const nameAt = (index: number): string | undefined => {
    const text = textAt(index);
    switch (tokens.kinds[index]) {
      case TokenKind.word:
        return text;
      case TokenKind.bracket:
        return undoubled(text, ']');
      case TokenKind.quoted:
        return undoubled(text, '"');
      default:
        return undefined;
    }
  };
  for (let index = 0; index < tokens.count; index++) {
    if (tokens.kinds[index] !== TokenKind.word || !/^(?:from|join|apply)$/i.test(textAt(index))) continue;
    const parts: string[] = [];
    for (let at = index + 1; at < tokens.count; at += 2) {
      const part = nameAt(at);
      if (part === undefined) break;
      parts.push(part);
      if (textAt(at + 1) !== '.') break;
    }
    const schema = parts.at(-2)?.toLowerCase();
    if (schema === 'sys' || schema === 'information_schema') return parts.slice(-2).join('.');
  }
  return undefined;
}
