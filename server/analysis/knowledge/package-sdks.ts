// SDKs that build the package of a database, and whether C# that a project names gets into it as an assembly.
// Sources: microsoft/DacFx issue 785 ("SDK-style SQL database project does not include assembly in dacpac", reported of 2.1.0) and
// pull request 803, which mends it; rr-wfm/MSBuild.Sdk.SqlProj issues 109 and 916; read 2026-11-25.

export interface PackageSdk {
  readonly name: string;
  /** The last version known to leave it out; undefined where all do. */
  readonly leavesOutUntil?: readonly [major: number, minor: number, patch: number];
}

const packageSdks: readonly PackageSdk[] = [
  { name: 'Microsoft.Build.Sql', leavesOutUntil: [2, 1, 0] },
  { name: 'MSBuild.Sdk.SqlProj' },
];

export function findPackageSdk(name: string): PackageSdk | undefined {
  return packageSdks.find((sdk) => sdk.name.toLowerCase() === name.toLowerCase());
}

/** Undefined where that cannot be told of the version. */
export function leavesOutAssembly({ leavesOutUntil }: PackageSdk, version: string): boolean | undefined {
  if (!leavesOutUntil) return true;
  const parts = /^(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?/.exec(version)?.slice(1).map(Number);
  if (!parts) return undefined;
  for (const [index, limit] of leavesOutUntil.entries()) {
    const part = parts[index] ?? 0;
    if (Number.isNaN(part) || part === limit) continue;
    return part < limit;
  }
  return true;
}
