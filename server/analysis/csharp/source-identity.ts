// The identity of an assembly as its sources and its project say it: version, culture, strong name.
import type { AssemblyCode, AssemblyIdentity, CustomAttribute } from '../code/model.js';
import { find } from './source-attributes.js';

/** What the project says: it has the last word on the key, and writes a version where no attribute does. */
export interface BuiltAs {
  readonly name: string;
  /** Undefined where attributes may say it; empty where it is not known. */
  readonly version?: string | undefined;
  readonly strongName?: AssemblyCode['strongName'] | undefined;
  /** Of the framework's assemblies; undefined where it is built for another than the .NET Framework. */
  readonly frameworkVersion: string | undefined;
  /** `v4.8`, `net48`; left out where no project says. */
  readonly targetFramework?: string | undefined;
}

export function sourceIdentity(built: BuiltAs, attributes: readonly CustomAttribute[]): AssemblyIdentity {
  const version = textIn(attributes, 'System.Reflection.AssemblyVersionAttribute');
  return {
    name: built.name,
    version: fourParts(version ?? built.version ?? '0'),
    culture: textIn(attributes, 'System.Reflection.AssemblyCultureAttribute') ?? '',
  };
}

export function sourceStrongName(
  { strongName }: BuiltAs,
  attributes: readonly CustomAttribute[],
): AssemblyCode['strongName'] {
  if (strongName) return strongName;
  const hasKey = ['KeyFile', 'KeyName'].some(
    (kind) => (textIn(attributes, `System.Reflection.Assembly${kind}Attribute`) ?? '') !== '',
  );
  if (!hasKey) return 'unsigned';
  const [delay] = find(attributes, 'System.Reflection.AssemblyDelaySignAttribute')?.arguments ?? [];
  return delay?.kind === 'boolean' && delay.value ? 'delay-signed' : 'signed';
}

/** `1.2` to `1.2.0.0`; what a compiler numbers itself (`1.2.*`) stays as it is. */
function fourParts(version: string): string {
  const parts = version.trim().split('.');
  return version === '' || parts.includes('*') ? version.trim() : [...parts, '0', '0', '0'].slice(0, 4).join('.');
}

function textIn(attributes: readonly CustomAttribute[], type: string): string | undefined {
  const [first] = find(attributes, type)?.arguments ?? [];
  return first?.kind === 'string' ? first.value : undefined;
}
