// Calls that reach into SQL Server from inside: through the context connection, its commands, and the pipe to the client.
import type { AssemblyCode } from '../code/model.js';
import { commandTypes, executingMembers, pipeType, sendingMembers } from '../knowledge/context-connection.js';
import type { ApiUse } from './api-uses.js';
import { ContextConnections } from './context-connections.js';
import type { Requirements } from './requirements.js';

export interface DataAccess {
  readonly use: ApiUse;
  /** `opens the context connection`. */
  readonly does: string;
}

export function dataAccessesOf(code: AssemblyCode, requirements: Requirements): readonly DataAccess[] {
  const connections = new ContextConnections(code, requirements);
  const opens = new Set(connections.opens);
  return requirements.uses.flatMap((use): readonly DataAccess[] => {
    if (opens.has(use)) return [{ use, does: 'opens the context connection' }];
    const { node, member, operation } = use;
    if (member.type.kind !== 'named' || operation.kind !== 'call' || !operation.instance) return [];
    if (member.type.name === pipeType)
      return sendingMembers.has(member.name) ? [{ use, does: 'sends through SqlContext.Pipe' }] : [];
    const isRun = commandTypes.has(member.type.name) && executingMembers.has(member.name);
    return isRun && connections.isCommand(node, operation.instance)
      ? [{ use, does: 'runs a command on the context connection' }]
      : [];
  });
}
