// What is loaded when there is C# for SQL Server: what reads it, and what features say of it. The entry of a bundle of its own.
import type { CSharpLanguage, LanguageFiles } from '../csharp/language.js';
import { loadCSharp as loadLanguage } from '../csharp/load.js';
import { hoverInSource } from './hover-source.js';
import { movedFindings } from './moved-findings.js';
import { completionsInSource } from './source-completion.js';
import { lensesInSource } from './source-lenses.js';
import {
  callNodesInSource,
  definitionsInSource,
  implementationsInSource,
  referencesInSource,
} from './source-navigation.js';
import { renamableInSource, renameInSource, renameMember } from './source-rename.js';

export interface CSharpFrontEnd extends CSharpLanguage {
  readonly hover: typeof hoverInSource;
  readonly lenses: typeof lensesInSource;
  readonly definitions: typeof definitionsInSource;
  readonly implementations: typeof implementationsInSource;
  readonly references: typeof referencesInSource;
  readonly renamable: typeof renamableInSource;
  readonly rename: typeof renameInSource;
  readonly renameMember: typeof renameMember;
  readonly callNodes: typeof callNodesInSource;
  readonly completions: typeof completionsInSource;
  readonly movedFindings: typeof movedFindings;
}

export async function loadCSharp(files: LanguageFiles): Promise<CSharpFrontEnd> {
  return {
    ...(await loadLanguage(files)),
    hover: hoverInSource,
    lenses: lensesInSource,
    definitions: definitionsInSource,
    implementations: implementationsInSource,
    references: referencesInSource,
    renamable: renamableInSource,
    rename: renameInSource,
    renameMember,
    callNodes: callNodesInSource,
    completions: completionsInSource,
    movedFindings,
  };
}
