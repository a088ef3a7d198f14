// Calls of framework members in an assembly, and what the project says of each.
import { readFileSync } from 'node:fs';
import { parameterNames, shortTypeName } from '../../server/analysis/code/names.js';
import { findApiRequirement } from '../../server/analysis/knowledge/api-permissions.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform-node.js';

export interface ApiUse {
  /** `Type::Name`. */
  readonly method: string;
  /** `System.IO.File::ReadAllText(String)`. */
  readonly member: string;
  readonly permissionSet: string;
  readonly reason: string;
}

export function usesIn(library: string): readonly ApiUse[] {
  const { image } = readAssembly(readFileSync(library), nodePlatform);
  const nodes = [...(image?.code.graph.nodes.values() ?? [])];
  return nodes.flatMap(({ type, method, uses }) =>
    uses.flatMap(({ member }): readonly ApiUse[] => {
      if (member.type.kind !== 'named') return [];
      const { name } = member.type;
      const found = findApiRequirement(name, member.name, parameterNames(member));
      return [
        {
          method: `${type.name}::${method.name}`,
          member: `${name}::${member.name}(${member.parameters.map(shortTypeName).join(',')})`,
          permissionSet: found?.permissionSet ?? 'unknown',
          reason: found?.reason ?? '',
        },
      ];
    }),
  );
}
