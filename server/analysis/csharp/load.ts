// The front end for C#, put together of the bytes a host has read: the entry of a bundle of its own.
import type { AssemblyCode } from '../code/model.js';
import { otherProvider } from '../knowledge/sql-clients.js';
import { builtIdentity } from '../packages/identity.js';
import type { ProjectFile } from '../packages/project-file.js';
import { refersTo } from '../packages/references.js';
import { readFramework } from './framework-table.js';
import { loadGrammar } from './grammar.js';
import type { CSharpLanguage, LanguageFiles } from './language.js';
import { LibraryTypes, withLibraries } from './library-types.js';
import { readCSharp } from './parse.js';
import { withOtherProvider } from './provider-types.js';
import { ReadSources } from './read-sources.js';
import { sourceAssembly } from './source-assembly.js';
import { SourceLinks } from './source-links.js';

export async function loadCSharp({
  runtime,
  language,
  framework: table,
  milliseconds,
}: LanguageFiles): Promise<CSharpLanguage> {
  const grammar = await loadGrammar({ runtime, language });
  const framework = readFramework(table);
  const withOther = withOtherProvider(framework);
  const known = new WeakMap<AssemblyCode, LibraryTypes>();
  const typesOf = (library: AssemblyCode): LibraryTypes => {
    const types = known.get(library) ?? new LibraryTypes(library, framework);
    known.set(library, types);
    return types;
  };
  const loaded: CSharpLanguage = {
    read: (text, symbols, before) => readCSharp(grammar, text, symbols, milliseconds, before),
    assemble: ({ name, project, symbols }, units, libraries, asked) =>
      sourceAssembly({
        built: { name, ...(project ? builtIdentity(project) : { frameworkVersion: '4.0.0.0' }) },
        libraries,
        units,
        framework: withLibraries(takesOther(project, libraries) ? withOther : framework, libraries.map(typesOf)),
        symbols: new Set(symbols),
        ...(asked && { asked }),
      }),
    links: (assemblies, libraries) => new SourceLinks(assemblies, libraries),
    sources: () => new ReadSources(loaded),
  };
  return loaded;
}

/** Where the workspace has the assembly itself, that says more. */
function takesOther(project: ProjectFile | undefined, libraries: readonly AssemblyCode[]): boolean {
  const isThere = libraries.some(({ identity }) => identity.name.toLowerCase() === otherProvider.toLowerCase());
  return project !== undefined && !isThere && refersTo(project, otherProvider);
}
