// The statements of a script that bind a T-SQL object to code.
import { routineKinds, statementsOf, type Statement } from '../tsql/nodes.js';
import type { BoundRoutine, ScriptFile } from './project.js';

/** What a script says of it, before it is known what that means. */
export type Binding = Pick<BoundRoutine, 'statement' | 'kind' | 'name' | 'externalName'>;

export function bindingsIn({ script }: ScriptFile): readonly Binding[] {
  const bindings: Binding[] = [];
  for (const statement of statementsOf(script, ...bindable)) {
    const kind = objectKinds[statement.kind];
    if (kind && 'externalName' in statement && statement.externalName)
      bindings.push({ statement, kind, name: statement.name, externalName: statement.externalName });
  }
  return bindings.length > 0 ? bindings : none;
}

const none: readonly Binding[] = [];

/** Statements that may have EXTERNAL NAME. */
const bindable = [...routineKinds, 'createAggregate', 'createTypeUdt'] as const;

const objectKinds: Partial<Record<Statement['kind'], BoundRoutine['kind']>> = {
  createProcedure: 'procedure',
  createOrAlterProcedure: 'procedure',
  alterProcedure: 'procedure',
  createFunction: 'function',
  createOrAlterFunction: 'function',
  alterFunction: 'function',
  createTrigger: 'trigger',
  createOrAlterTrigger: 'trigger',
  alterTrigger: 'trigger',
  createAggregate: 'aggregate',
  createTypeUdt: 'type',
};
