// Names as SQL Server compares them.

/** SQL names compare without case, as under the collations SQL Server is installed with. */
export function sameName(a: string, b: string): boolean {
  return a.length === b.length && a.toLowerCase() === b.toLowerCase();
}

export function isNamed(names: readonly string[], name: string): boolean {
  return names.some((each) => sameName(each, name));
}
