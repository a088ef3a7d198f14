// Names as SQL Server compares them.

/** SQL names compare without case, as under the collations SQL Server is installed with. */
export function sameName(a: string, b: string): boolean {
  return a.length === b.length && a.toLowerCase() === b.toLowerCase();
}

/** Whether something is to be filled in first: `$(name)` of sqlcmd and MSBuild, `${name}` of shells and pipelines. */
export function isFilledIn(name: string): boolean {
  return /\$[({]/.test(name);
}

export function isNamed(names: readonly string[], name: string): boolean {
  return names.some((each) => sameName(each, name));
}
