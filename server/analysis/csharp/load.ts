// The front end for C#, put together of the bytes a host has read: the entry of a bundle of its own.
import type { AssemblyCode } from '../code/model.js';
import { builtIdentity } from '../packages/identity.js';
import { readFramework } from './framework-table.js';
import { loadGrammar } from './grammar.js';
import type { CSharpLanguage, LanguageFiles } from './language.js';
import { LibraryTypes, withLibraries } from './library-types.js';
import { readCSharp } from './parse.js';
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
  const known = new WeakMap<AssemblyCode, LibraryTypes>();
  const typesOf = (library: AssemblyCode): LibraryTypes => {
    const types = known.get(library) ?? new LibraryTypes(library, framework);
    known.set(library, types);
    return types;
  };
  return {
    read: (text, symbols, before) => readCSharp(grammar, text, symbols, milliseconds, before),
    assemble: ({ name, project, symbols }, units, libraries) =>
      sourceAssembly({
        built: { name, ...(project ? builtIdentity(project) : { frameworkVersion: '4.0.0.0' }) },
        libraries,
        units,
        framework: withLibraries(framework, libraries.map(typesOf)),
        symbols: new Set(symbols),
      }),
    links: (assemblies, libraries) => new SourceLinks(assemblies, libraries),
  };
}
