// What an <Import> means: a file of the workspace, or one of Microsoft's that imports Directory.Build.props and .targets.
// Sources: MSBuild, Microsoft.Common.props and Microsoft.Common.targets; MicrosoftDocs/visualstudio-docs,
// docs/msbuild/property-functions.md (GetPathOfFileAbove, GetDirectoryNameOfFileAbove); read 2026-11-25.
import type { Importable } from './build-file.js';
import { folderOf, keyOf, relativeFolder, resolvedKey } from './paths.js';
import { closingOf, expand, type Values } from './properties.js';
import type { XmlElement } from './xml.js';

/** By the last name of the path, which is somewhere on the machine. */
const standardImports: ReadonlyMap<string, 'props' | 'targets'> = new Map([
  ['microsoft.common.props', 'props'],
  ['sdk.props', 'props'],
  ['microsoft.common.targets', 'targets'],
  ['microsoft.csharp.targets', 'targets'],
  ['microsoft.data.tools.schema.sqltasks.targets', 'targets'],
  ['sdk.targets', 'targets'],
]);

export function standardImportOf({ attributes }: XmlElement): 'props' | 'targets' | undefined {
  const path = attributes.find(({ name }) => name === 'Project')?.value ?? '';
  const name = path.replace(/^.*[\\/]/s, '').toLowerCase();
  const isSdk = attributes.some((attribute) => attribute.name === 'Sdk');
  return isSdk || path.startsWith('$(') ? standardImports.get(name) : undefined;
}

/** The key of the file that a path in `importing` means; undefined where that is not known. */
export function importedKey(
  path: string,
  project: string,
  importing: string,
  values: Values,
  files: Importable,
): string | undefined {
  const expanded = expand(withFilesAbove(path, project, values, files), values)?.trim();
  if (expanded === undefined || expanded === '') return undefined;
  // What a property says of folders is told from the project's, and would be rooted.
  const isRooted = path.trimStart().startsWith('$(') && expanded.startsWith('./');
  return resolvedKey(folderOf(keyOf(isRooted ? project : importing)), expanded);
}

const functions = ['$([MSBuild]::GetPathOfFileAbove(', '$([MSBuild]::GetDirectoryNameOfFileAbove('] as const;

/** Both functions replaced by what they find in the workspace; where that is nothing, they stay. */
function withFilesAbove(path: string, project: string, values: Values, files: Importable): string {
  for (const call of functions) {
    if (!path.startsWith(call)) continue;
    const open = call.length - 1;
    const close = closingOf(path, open);
    const parts = path.slice(open + 1, close).split(',');
    const [file, folder] = call === functions[0] ? parts : [parts[1], parts[0]];
    const from = expand(unquoted(folder ?? '$(MSBuildThisFileDirectory)'), values);
    const name = expand(unquoted(file ?? ''), values);
    const here = folderOf(keyOf(project));
    const at = from === undefined ? undefined : resolvedKey(here, from);
    const key =
      at === undefined || name === undefined ? undefined : files.nearest(`${at}/`.replace(/\/\/$/, '/'), name);
    if (key === undefined) continue;
    const found = relativeFolder(here, folderOf(key));
    const text = call === functions[0] ? found + key.slice(folderOf(key).length) : found.slice(0, -1);
    // The text is put where a property was, and is told from the project's folder.
    return `$(MSBuildProjectDirectory)${text.slice(1)}${path.slice(closingOf(path, 1) + 1)}`;
  }
  return path;
}

function unquoted(text: string): string {
  return text.trim().replace(/^'|'$/g, '');
}
