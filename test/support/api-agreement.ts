// What a source uses of the framework beside what the assembly uses that it compiles to, method by method.
import { inspections, Workspace, type CSharpFrontEnd } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

/**
 * What mcs calls of itself for closures, iterators, async methods and patterns, and Roslyn does not or elsewhere; 0, 1 and -1 as
 * decimals, which Roslyn reads from fields; and what is in a dynamic call site beside the binder.
 */
const compilersOwn =
  /^<PatternMatchingHelper>|^<>__AnonType| -> System\.(?:Object::\.ctor\(\)|NotSupportedException::\.ctor\(\)|Threading\.Interlocked::|Runtime\.CompilerServices\.Async|Decimal::\.ctor\(Int32\)|Array::GetLength\()/;

/** Two ways of one thing, of which compilers choose freely. */
const alike: readonly (readonly [RegExp, string])[] = [
  // An accessor counts as its property.
  [/::(?:get|set|add|remove)_(?=\w+ -> )/, '::'],
  // The name of an explicit implementation: `IEnumerable<int>.`, `IEnumerable<System.Int32>.`.
  [/<[\w., ]+>(?=\.\w+ -> )/, ''],
  [/`\d+(?=\.\w+ -> )/, ''],
  [/System\.Nullable`1::get_Value\(\)/, 'System.Nullable`1::GetValueOrDefault()'],
  [/\[(,+)\]::Address\(/, '[$1]::Get('],
];

export interface Agreement {
  /** Of the compiled assembly. */
  readonly all: number;
  readonly missing: readonly string[];
  readonly invented: readonly string[];
}

/** `symbols` are those it was compiled with. */
export function agreementOf(
  language: CSharpFrontEnd,
  source: string,
  bytes: Uint8Array,
  symbols: readonly string[] = [],
): Agreement {
  const compiled = usesOfBytes(bytes);
  const read = usesOfSource(language, source, symbols);
  return {
    all: compiled.size,
    missing: [...compiled].filter((use) => !read.has(use)),
    invented: [...read].filter((use) => !compiled.has(use)),
  };
}

export function together(agreements: readonly Agreement[]): Agreement {
  return {
    all: agreements.reduce((sum, { all }) => sum + all, 0),
    missing: agreements.flatMap(({ missing }) => missing),
    invented: agreements.flatMap(({ invented }) => invented),
  };
}

function usesOfBytes(bytes: Uint8Array): ReadonlySet<string> {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.dll', bytes);
  return usesIn(workspace, 'file:///a.dll');
}

function usesOfSource(language: CSharpFrontEnd, source: string, symbols: readonly string[]): ReadonlySet<string> {
  return usesIn(sourceWorkspaceOf(language, source, symbols), sourceUri);
}

export const sourceUri = 'file:///a/a.cs';

/** One source as a project of its own. */
export function sourceWorkspaceOf(
  language: CSharpFrontEnd,
  source: string,
  symbols: readonly string[] = [],
): Workspace {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  workspace.set(
    'file:///a/a.csproj',
    `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><Configuration>Release</Configuration><DefineConstants>${symbols.join(';')}</DefineConstants></PropertyGroup></Project>`,
  );
  // The name that a script creates is read whatever the source speaks of.
  workspace.set('file:///a/a.sql', "CREATE ASSEMBLY a FROM 'a.dll';");
  workspace.set(sourceUri, source);
  return workspace;
}

function usesIn(workspace: Workspace, uri: string): ReadonlySet<string> {
  return new Set(
    inspections
      .api(workspace, uri)
      .map(({ method, member }) => alike.reduce((use, [what, by]) => use.replace(what, by), `${method} -> ${member}`))
      .filter((use) => !compilersOwn.test(use)),
  );
}
