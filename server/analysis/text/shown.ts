// Names and strings of untrusted code as plain text: on one line, nothing invisible in it, and nothing that reads as ours.

/** Identifiers are shown as they are where they are made of these; ASCII first, since that is nearly all there is. */
const ascii = /^[A-Za-z0-9_$@?`.+-]+$/;
const letters = /^[\p{L}\p{N}_$@?`.+-]+$/u;
/** Controls, marks, spaces but the plain one, what is invisible, and what is written from right to left. */
const unsafe =
  /(?! )[^\p{L}\p{N}\p{P}\p{S}]|\p{Default_Ignorable_Code_Point}|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/gu;
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

const longestName = 300;

/** As it is, or in single quotes with `\u` escapes where it has characters that no source gives to a name. */
export function shownName(name: string): string {
  if (name.length <= longestName && (ascii.test(name) || (letters.test(name) && name.search(unsafe) < 0))) return name;
  return quoted(name, "'", longestName);
}

/** In double quotes; of a longer one the beginning, and how long it is. */
export function shownString(text: string, longest = 4_000): string {
  return quoted(text, '"', longest);
}

/** A message of ours with names of theirs in it; of a long one the beginning. */
export function shownLine(message: string, longest = 1_000): string {
  const line = message.replace(/[^\x20-\x7e]/g, '?');
  return line.length > longest ? `${line.slice(0, longest)}...` : line;
}

function quoted(text: string, quote: '"' | "'", longest: number): string {
  const cut = text.length > longest;
  const escaped = (cut ? text.slice(0, longest) : text)
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(unsafe, unitsOf);
  return cut ? `${quote}${escaped}…${quote} (of ${text.length} characters)` : `${quote}${escaped}${quote}`;
}

function unitsOf(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  let text = '';
  for (let at = 0; at < character.length; at++)
    text += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0').toUpperCase()}`;
  return text;
}
