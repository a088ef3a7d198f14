// Who owns a T-SQL object, as far as scripts tell: the owner of its schema, unless it is given away.
import { statementsOf, type ObjectName } from '../tsql/nodes.js';
import type { ScriptFile } from './project.js';

/** Undefined where scripts do not tell, or not with one voice. */
export function schemaOwners(scripts: readonly ScriptFile[]): (name: ObjectName) => string | undefined {
  const told = new Map<string, Set<string | undefined>>();
  const tell = (key: string, owner: string | undefined): void => {
    const known = told.get(key) ?? new Set();
    told.set(key, known.add(owner));
  };
  for (const { script } of scripts) {
    for (const { kind, name, authorization } of statementsOf(script, 'createSchema'))
      if (kind === 'createSchema') tell(schemaKey(name.value), authorization?.value);
    for (const { class: of = 'OBJECT', name, to } of statementsOf(script, 'alterAuthorization')) {
      if (of === 'SCHEMA') tell(schemaKey(name.last.value), to?.value);
      else if (of === 'OBJECT' || of === 'TYPE') tell(objectKey(name), to?.value);
    }
  }
  return (name) => {
    const schema = schemaOf(name);
    const owners = told.get(objectKey(name)) ?? told.get(schemaKey(schema));
    if (owners) return owners.size === 1 ? [...owners][0] : undefined;
    // Without a schema it is made in the default schema of whoever runs the script.
    return name.parts.length > 1 && schema.toLowerCase() === 'dbo' ? 'dbo' : undefined;
  };
}

export function schemaOf({ parts }: ObjectName): string {
  return parts.at(-2)?.value ?? 'dbo';
}

function schemaKey(name: string): string {
  return `schema ${name.toLowerCase()}`;
}

function objectKey(name: ObjectName): string {
  return `object ${schemaOf(name)}.${name.last.value}`.toLowerCase();
}
