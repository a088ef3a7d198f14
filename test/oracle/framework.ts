// The .NET Framework as mono's reference assemblies have it, read by the project itself.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TypeDef } from '../../server/analysis/code/model.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';

export interface FrameworkType {
  readonly assembly: string;
  readonly type: TypeDef;
}

/** The types of the assemblies named and of those they reference, by name; one name may be in several. */
export interface Framework {
  readonly assemblies: readonly string[];
  readonly types: ReadonlyMap<string, readonly FrameworkType[]>;
}

export function readFramework(folder: string, names: Iterable<string>): Framework {
  const present = new Set(
    readdirSync(folder)
      .filter((file) => file.endsWith('.dll'))
      .map((file) => file.slice(0, -4)),
  );
  const wanted = new Set([...names].filter((name) => present.has(name)));
  const types = new Map<string, FrameworkType[]>();
  for (const assembly of wanted) {
    const { image } = readAssembly(readFileSync(join(folder, `${assembly}.dll`)), nodePlatform);
    for (const { name } of image?.code.references ?? []) if (present.has(name)) wanted.add(name);
    for (const type of image?.code.types ?? []) {
      const same = types.get(type.name);
      if (same) same.push({ assembly, type });
      else types.set(type.name, [{ assembly, type }]);
    }
  }
  return { assemblies: [...wanted], types };
}
