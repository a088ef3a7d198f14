// Which files build assemblies, by their names.

export function isBuildFile(uri: string): boolean {
  return isProjectFile(uri) || isImported(uri);
}

export function isProjectFile(uri: string): boolean {
  return /\.(?:sqlproj|csproj)$/i.test(uri);
}

/** By other files of MSBuild's. */
export function isImported(uri: string): boolean {
  return /\.(?:props|targets|projitems)$/i.test(uri);
}
