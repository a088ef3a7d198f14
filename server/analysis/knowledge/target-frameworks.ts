// What a project is compiled for, by the names that it writes, and whether SQL Server loads it: its runtime is the .NET Framework's.
// Sources: learn.microsoft.com "Target frameworks in SDK-style projects", "CREATE ASSEMBLY (Transact-SQL)"; read 2026-11.

interface Framework {
  readonly names: RegExp;
  readonly isLoaded: boolean;
}

const frameworks: readonly Framework[] = [
  // .NET Framework
  { names: /^(?:net|v)[1-4](?:\d{0,2}|(?:\.\d){1,2})$/i, isLoaded: true },
  // .NET Standard
  { names: /^netstandard\d+\.\d+$/i, isLoaded: false },
  // .NET Core
  { names: /^netcoreapp\d+\.\d+$/i, isLoaded: false },
  // .NET
  { names: /^net(?:[5-9]|[1-9]\d)\.\d+(?:-[\w.]+)?$/i, isLoaded: false },
];

/** Undefined for a name that is not known. */
export function findTargetFramework(name: string): Framework | undefined {
  return frameworks.find(({ names }) => names.test(name));
}
