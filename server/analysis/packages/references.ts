// What a project has its compiler refer to: other projects, files, and what is only named.
// Sources: learn.microsoft.com "Common MSBuild project items" (Reference, ProjectReference, PackageReference); dotnet/sdk, where an SDK's project
// has the references of those it refers to as well (DisableTransitiveProjectReferences); read 2026-11-25.
import { truthOf } from './conditions.js';
import type { Item } from './items.js';
import { folderOf, keyOf, resolvedKey } from './paths.js';
import type { ProjectFile } from './project-file.js';

export interface WantedReferences {
  /** Keys of project files. */
  readonly projects: readonly string[];
  /** By name; `file` is the key of the file that is meant, where it says so and that is the workspace's. */
  readonly assemblies: readonly { readonly name: string; readonly file?: string }[];
  /** Names of packages, as the project has them. */
  readonly packages: readonly string[];
}

export function wantedReferences(project: ProjectFile): WantedReferences {
  const folder = folderOf(keyOf(project.uri));
  const projects: string[] = [];
  const assemblies: { name: string; file?: string }[] = [];
  const packages: string[] = [];
  for (const item of project.items) {
    if (item.action !== 'include' || !item.isCertain) continue;
    for (const { text } of item.specs) {
      if (item.kind === 'ProjectReference') {
        const key = resolvedKey(folder, text);
        if (key !== undefined && isCompiledAgainst(item)) projects.push(key);
      } else if (item.kind === 'PackageReference') {
        packages.push(text);
      } else if (item.kind === 'Reference') {
        const file = fileOf(item, text);
        const key = file === undefined ? undefined : resolvedKey(folder, file);
        assemblies.push({ name: nameIn(text), ...(key !== undefined && { file: key }) });
      }
    }
  }
  return { projects, assemblies, packages };
}

/** By either name, a file that is not there: packages of packages.config are files that a restore brings. */
export function refersTo(project: ProjectFile, name: string): boolean {
  const { assemblies, packages } = wantedReferences(project);
  const wanted = name.toLowerCase();
  return [...assemblies.map((one) => one.name), ...packages].some((one) => one.toLowerCase() === wanted);
}

/** Whether what a project refers to, those that refer to it are given as well. */
export function passesReferencesOn({ sdk, properties }: ProjectFile): boolean {
  const isOff = truthOf(properties.get('disabletransitiveprojectreferences')?.value ?? '') === true;
  return sdk !== undefined && !isOff;
}

function isCompiledAgainst({ metadata }: Item): boolean {
  return truthOf(metadata.get('referenceoutputassembly')?.value ?? '') !== false;
}

/** What is included can be a path itself. */
function fileOf({ metadata }: Item, spec: string): string | undefined {
  return metadata.get('hintpath')?.value ?? (/\.(?:dll|exe)$/i.test(spec) ? spec : undefined);
}

function nameIn(spec: string): string {
  const file = /\.(?:dll|exe)$/i.test(spec) ? spec.replace(/^.*[\\/]/, '').replace(/\.\w+$/, '') : spec;
  return file.split(',')[0]?.trim() ?? '';
}
