// What monodis prints, as names the tables of API permissions use.
import { execFileSync } from 'node:child_process';

/** The members that each method (`Type::Name`, or `Type` where monodis does not name it) calls, makes a delegate of or constructs. */
export function callsIn(library: string): ReadonlyMap<string, readonly string[]> {
  const calls = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of execFileSync('monodis', [library], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n')) {
    const call = /^\s+IL_[0-9a-f]+:\s+(?:call|callvirt|newobj|ldftn|ldvirtftn) (.*)$/.exec(line)?.[1];
    if (call !== undefined) current.push(memberOfIl(call));
    const end = /^\s*\} \/\/ end of method (.+)$/.exec(line)?.[1];
    if (end === undefined) continue;
    // monodis cannot write every signature; in a class of ours the method is then the last.
    calls.set(end.replaceAll("'", '').replace(/::<NULL METHOD SIGNATURE>$/, ''), current);
    current = [];
  }
  return calls;
}

const keywords: Readonly<Record<string, string>> = {
  void: 'Void',
  bool: 'Boolean',
  char: 'Char',
  int8: 'SByte',
  'unsigned int8': 'Byte',
  int16: 'Int16',
  'unsigned int16': 'UInt16',
  int32: 'Int32',
  'unsigned int32': 'UInt32',
  int64: 'Int64',
  'unsigned int64': 'UInt64',
  float32: 'Single',
  float64: 'Double',
  string: 'String',
  object: 'Object',
  'native int': 'IntPtr',
  'native unsigned int': 'UIntPtr',
  typedref: 'TypedReference',
};

/** `instance void class [mscorlib]System.IO.Stream::Write(unsigned int8[], int32)` as `System.IO.Stream::Write(Byte[],Int32)`. */
function memberOfIl(text: string): string {
  const open = splitAtDepth(text, '(');
  const head = text.slice(0, open).trim();
  const inside = text.slice(open + 1, text.lastIndexOf(')'));
  const colons = head.lastIndexOf('::');
  const name = head.slice(colons + 2).replaceAll("'", '');
  const type = lastTypeOf(head.slice(0, colons));
  const parameters = inside.trim() === '' ? [] : partsOf(inside).map((part) => shortOfIl(part));
  return `${type}::${splitAtDepth(name, '<') > 0 && name !== '<' ? name.slice(0, splitAtDepth(name, '<')).trim() : name}(${parameters.join(',')})`;
}

/** Where `mark` stands outside of angle brackets and quotes. */
function splitAtDepth(text: string, mark: string): number {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "'") quoted = !quoted;
    if (quoted) continue;
    if (character === mark && depth === 0) return at;
    if (character === '<') depth++;
    if (character === '>') depth--;
  }
  return text.length;
}

function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (let rest = text; ;) {
    const comma = commaOf(rest);
    parts.push(rest.slice(0, comma).trim());
    if (comma === rest.length) return parts;
    rest = rest.slice(comma + 1);
  }
}

/** The first comma outside of every bracket. */
function commaOf(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if ('<[('.includes(text[at] ?? '')) depth++;
    if ('>])'.includes(text[at] ?? '')) depth--;
    if (text[at] === ',' && depth === 0) return at;
  }
  return text.length;
}

/** The declaring type, which stands last and whose return type before it may have spaces too. */
function lastTypeOf(text: string): string {
  const native = /(?:^| )(native (?:unsigned )?int)$/.exec(text)?.[1];
  if (native !== undefined) return `System.${keywords[native] ?? ''}`;
  let depth = 0;
  let at = text.length;
  while (at > 0) {
    const character = text[at - 1] ?? '';
    if ('>])'.includes(character)) depth++;
    if ('<[('.includes(character)) depth--;
    if (character === ' ' && depth === 0) break;
    at--;
  }
  const own = text
    .slice(at)
    .replace(/^\[[^\]]*\]/, '')
    .replaceAll("'", '');
  const keyword = keywords[own];
  return keyword === undefined ? own.slice(0, splitAtDepth(own, '<')).replaceAll('/', '+') : `System.${keyword}`;
}

/** As the tables of API permissions write a parameter: `Byte[]`, `Int32&`; `?` for what monodis does not find (`<BROKEN CLASS …>`). */
function shortOfIl(text: string): string {
  const bare = text.replace(/ mod(?:req|opt) \([^)]*\)|^\[(?:in|out)\]/g, '').trim();
  const suffix = /(?:\[[,.0-9]*\]|[*&])$/.exec(bare)?.[0];
  if (suffix !== undefined) return shortOfIl(bare.slice(0, -suffix.length)) + suffix.replace(/[.0-9]/g, '');
  const keyword = keywords[bare];
  if (keyword !== undefined) return keyword;
  if (bare.startsWith('!')) return bare;
  if (bare.startsWith('<')) return '?';
  const open = splitAtDepth(bare, '<');
  const name = bare
    .slice(0, open)
    .replace(/^(?:class|valuetype) /, '')
    .replace(/^\[[^\]]*\]/, '')
    .replaceAll("'", '')
    .replace(/^.*[./]/, '')
    .replace(/`\d+$/, '');
  if (open === bare.length) return name;
  return `${name}<${partsOf(bare.slice(open + 1, -1))
    .map((part) => shortOfIl(part))
    .join(',')}>`;
}
