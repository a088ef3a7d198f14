// Assemblies of the .NET Framework: which of them SQL Server supports without registration, and which take partially trusted callers.
// Source: learn.microsoft.com "Supported .NET Framework libraries"; public keys and attributes of the .NET Framework 4.8 reference assemblies; read 2026-11.
//
// Listed, a public key token stands over its assemblies behind `@`. A digit is before a name: 1 for supported, 2 for partially
// trusted callers, 3 for both.
import { listed } from './framework-assemblies.data.js';
import { once } from './once.js';

export interface FrameworkAssembly {
  readonly name: string;
  readonly publicKeyToken: string;
  /** On SQL Server's list: loaded from the global assembly cache, not to be registered. */
  readonly supported: boolean;
  /** Carries AllowPartiallyTrustedCallers. */
  readonly partiallyTrustedCallers: boolean;
}

/** By simple name, without regard to case. */
export function findFrameworkAssembly(name: string): FrameworkAssembly | undefined {
  return assemblies().get(name.toLowerCase());
}

/** Whether an assembly is one of the framework's own, by name and key. */
export function isFrameworkAssembly(name: string, publicKeyToken: string | undefined): boolean {
  const known = findFrameworkAssembly(name);
  return known !== undefined && known.publicKeyToken === publicKeyToken;
}

/** Whether Microsoft signs assemblies of the framework with a key. */
export function isFrameworkKey(publicKeyToken: string): boolean {
  return listed.includes(`@${publicKeyToken}\n`);
}

/**
 * Not on Microsoft's list, yet seen to load without registration (SQL Server ships the second itself). Secondary evidence: no finding is
 * built on them either way.
 */
const seenToLoad: readonly string[] = ['System.Numerics', 'Microsoft.SqlServer.Types'];

export function isSeenToLoad(name: string): boolean {
  return seenToLoad.includes(name);
}

const assemblies = once((): ReadonlyMap<string, FrameworkAssembly> => {
  const byName = new Map<string, FrameworkAssembly>();
  for (const group of listed.split('@').slice(1)) {
    const [publicKeyToken = '', ...lines] = group.trimEnd().split('\n');
    for (const line of lines) {
      const digit = Number(line.charAt(0));
      const name = line.slice(1);
      const supported = (digit & 1) !== 0;
      const partiallyTrustedCallers = (digit & 2) !== 0;
      byName.set(name.toLowerCase(), { name, publicKeyToken, supported, partiallyTrustedCallers });
    }
  }
  return byName;
});
