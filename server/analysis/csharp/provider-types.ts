// The types of Microsoft.Data.SqlClient for a project that has it as a package, which nobody here restores: the framework's own that
// are like them. What they have besides is not known.
import type { TypeRef } from '../code/model.js';
import { frameworksOwn, otherProvider, othersOwn } from '../knowledge/sql-clients.js';
import type { Framework, FrameworkMember, FrameworkTypeMembers } from './framework.js';

export function withOtherProvider(framework: Framework): Framework {
  const known = new Map<string, FrameworkTypeMembers | undefined>();
  return {
    ...framework,
    findType(name) {
      const like = frameworksOwn(name);
      if (like === name) return framework.findType(name);
      if (known.has(name)) return known.get(name);
      const found = framework.findType(like);
      const type = found && asOthers(found);
      if (found) known.set(name, type);
      return type;
    },
    hasNamespace: (name) => `${otherProvider}.`.startsWith(`${name}.`) || framework.hasNamespace(name),
  };
}

function asOthers(type: FrameworkTypeMembers): FrameworkTypeMembers {
  return {
    ...type,
    name: othersOwn(type.name),
    assembly: otherProvider,
    ...(type.base && { base: inOthers(type.base) }),
    interfaces: type.interfaces.map(inOthers),
    members: type.members.map((member): FrameworkMember => {
      const parameters = member.parameters.map((one) => ({ ...one, type: inOthers(one.type) }));
      return { ...member, parameters, returns: inOthers(member.returns) };
    }),
  };
}

function inOthers(ref: TypeRef): TypeRef {
  if ('element' in ref) return { ...ref, element: inOthers(ref.element) };
  if (ref.kind !== 'named') return ref;
  const name = othersOwn(ref.name);
  return {
    ...ref,
    ...(name !== ref.name && { name, assembly: otherProvider }),
    arguments: ref.arguments.map(inOthers),
  };
}
