// Public types of the .NET Framework 4.8, by metadata name.
// Source: .NET Framework 4.8 reference assemblies; learn.microsoft.com "Supported .NET Framework libraries"; read 2026-11.
//
// Packed, the first line names the assemblies, those that SQL Server supports with `+` in front; `@Namespace` stands over its
// types. A type is its name; then, where the assembly is supported, a tab and the base class first, or a blank and interfaces only,
// without the namespace where that is the type's own; then a letter (kind and safety) and a character (assembly). Behind the name
// of a namespace whose types are not told are a tab and its assemblies.
import { packed } from './framework-types.data.js';
import { once } from './once.js';
import { unpack } from './packed.js';

export interface FrameworkType {
  /** `System.Collections.Generic.HashSet`1+Enumerator`. */
  readonly name: string;
  readonly assembly: string;
  readonly kind: 'class' | 'struct' | 'interface' | 'enum' | 'delegate';
  /** Base class and interfaces by metadata name, the class first. Empty where `supported` is false: nobody asks. */
  readonly bases: readonly string[];
  /** Of an assembly on SQL Server's list. */
  readonly supported: boolean;
  /** No member asks for anything: `reviewed` by hand, or `no finding` in source and attributes. */
  readonly safe?: 'reviewed' | 'no finding';
}

export function findFrameworkType(name: string): FrameworkType | undefined {
  const { assemblies, namespaces } = types();
  const prefix = name.slice(0, name.split('+', 1)[0]?.lastIndexOf('.') ?? 0);
  const line = namespaces
    .get(prefix)?.()
    .get(name.slice(prefix.length + 1));
  return line === undefined ? undefined : readType(name, line, assemblies);
}

/** Assemblies off SQL Server's list that have the namespace, where its types are not told: any name may be one of them. */
export function findFrameworkNamespace(name: string): readonly string[] {
  return types().untold.get(name) ?? [];
}

/** Of a type by metadata name; empty for one in none. */
export function namespaceOf(type: string): string {
  const [outermost = ''] = type.split('+', 1);
  return outermost.slice(0, Math.max(outermost.lastIndexOf('.'), 0));
}

/** Whether `base` is a class or an interface that the type has from somewhere. No type is derived from itself. */
export function isDerivedFrom(name: string, base: string): boolean {
  const found = new Set([name]);
  for (const type of found) {
    for (const inherited of findFrameworkType(type)?.bases ?? []) {
      if (inherited === base) return true;
      found.add(inherited);
    }
  }
  return false;
}

interface Packed {
  readonly assemblies: readonly string[];
  /** The lines of a namespace, by the name of their type: read when first asked for, since most never are. */
  readonly namespaces: ReadonlyMap<string, () => ReadonlyMap<string, string>>;
  /** The assemblies of a namespace whose types are not told. */
  readonly untold: ReadonlyMap<string, readonly string[]>;
}

// What does not look at it is bundled without it.
const types = /* @__PURE__ */ once((): Packed => {
  const [first = '', ...texts] = unpack(packed).split('\n@');
  const assemblies = first.split(' ');
  const namespaces = new Map<string, () => ReadonlyMap<string, string>>();
  const untold = new Map<string, readonly string[]>();
  for (const text of texts) {
    const [name = '', characters] = text.slice(0, indexOrEnd(text, '\n')).split('\t');
    if (characters === undefined)
      namespaces.set(
        name,
        once(() => linesByName(text.split('\n').slice(1))),
      );
    else
      untold.set(
        name,
        [...characters].map((character) => assemblies[character.charCodeAt(0) - 33] ?? ''),
      );
  }
  return { assemblies, namespaces, untold };
});

function linesByName(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(lines.map((line) => [line.slice(0, endOfName(line)), line]));
}

function indexOrEnd(text: string, character: string): number {
  const index = text.indexOf(character);
  return index < 0 ? text.length : index;
}

function endOfName(line: string): number {
  const end = line.search(/[\t ]/);
  return end < 0 ? line.length - 2 : end;
}

const kinds = ['class', 'struct', 'interface', 'enum', 'delegate'] as const;
const safeties = [undefined, 'no finding', 'reviewed'] as const;

/** What a type has that names no class it is derived from. */
const roots = {
  class: 'System.Object',
  struct: 'System.ValueType',
  interface: undefined,
  enum: 'System.Enum',
  delegate: 'System.MulticastDelegate',
} as const;

function readType(name: string, line: string, assemblies: readonly string[]): FrameworkType {
  const code = line.charCodeAt(line.length - 2) - 97;
  const kind = kinds[code % kinds.length] ?? 'class';
  const safe = safeties[Math.floor(code / kinds.length)];
  const assembly = assemblies[line.charCodeAt(line.length - 1) - 33] ?? '';
  const supported = assembly.startsWith('+');
  return {
    name,
    assembly: supported ? assembly.slice(1) : assembly,
    kind,
    bases: supported ? basesOf(name, kind, line) : [],
    supported,
    ...(safe && { safe }),
  };
}

function basesOf(name: string, kind: FrameworkType['kind'], line: string): readonly string[] {
  const end = endOfName(line);
  const prefix = name.slice(0, name.length - end);
  const list = line.slice(end + 1, -2);
  const bases = list === '' ? [] : list.split(',').map((base) => (base.includes('.') ? base : prefix + base));
  const root = line.charAt(end) === '\t' ? undefined : roots[kind];
  return root && root !== name ? [root, ...bases] : bases;
}
