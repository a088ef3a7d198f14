// Where SQL Server enters an assembly: routines, the contracts of types and aggregates, and what scripts bind by name.
import { memberName, type AssemblyCode, type CustomAttribute, type MethodDef, type TypeDef } from './model.js';
import type { OwnMethod } from './body.js';

export interface EntryPoint extends OwnMethod {
  /** A script binds it by name. */
  readonly isBound: boolean;
  /** As far as scripts tell, administrators alone may use what is bound to it. */
  readonly isForAdministrators?: boolean;
  readonly kind: 'procedure' | 'function' | 'fill row' | 'trigger' | 'aggregate' | 'type' | 'routine' | 'public';
}

/** A method that EXTERNAL NAME names, or a class alone for a type or an aggregate. */
export interface BoundName {
  readonly class: string;
  readonly method?: string;
  /** As far as scripts tell, administrators alone may use it. */
  readonly isForAdministrators?: boolean;
  /** What T-SQL makes of it, whatever its attributes say. */
  readonly kind?: 'procedure' | 'function' | 'trigger' | 'aggregate' | 'type';
}

/**
 * By attribute and by EXTERNAL NAME. An assembly that has neither is there for others to call: then its public methods are
 * the way in.
 */
export function entryPointsOf(code: AssemblyCode, bound: readonly BoundName[]): readonly EntryPoint[] {
  const found = new Map<MethodDef, EntryPoint>();
  const add = (
    kind: EntryPoint['kind'],
    type: TypeDef,
    method: MethodDef,
    bindings: readonly BoundName[] = [],
  ): void => {
    const isBound = bindings.length > 0;
    const isForAdministrators = isBound && bindings.every((one) => one.isForAdministrators);
    if (!found.has(method))
      found.set(method, { kind, type, method, isBound, ...(isForAdministrators && { isForAdministrators }) });
  };
  const named = new Map<string, BoundName[]>();
  for (const name of bound) named.set(name.class, [...(named.get(name.class) ?? []), name]);
  for (const type of code.types) {
    const names = named.get(type.name) ?? [];
    const contract = contractOf(
      type,
      names.some(({ method }) => method === undefined),
    );
    for (const method of type.methods) {
      const bindings = names.filter((name) => name.method === method.name);
      const kind = boundKindOf(bindings) ?? routineKindOf(method) ?? (bindings.length > 0 ? 'routine' : undefined);
      if (kind) add(kind, type, method, bindings);
      else if (contract?.has(method)) add(contract.kind, type, method);
      for (const filler of kind ? fillRowsOf(type, method) : []) add('fill row', type, filler);
    }
  }
  if (found.size === 0)
    for (const type of code.types)
      if (type.isPublic && !type.compilerGenerated)
        for (const method of type.methods) if (method.isPublic) add('public', type, method);
  return [...found.values()];
}

const routines: Readonly<Record<string, EntryPoint['kind']>> = {
  'Microsoft.SqlServer.Server.SqlProcedureAttribute': 'procedure',
  'Microsoft.SqlServer.Server.SqlFunctionAttribute': 'function',
  'Microsoft.SqlServer.Server.SqlTriggerAttribute': 'trigger',
};
const aggregateAttribute = 'Microsoft.SqlServer.Server.SqlUserDefinedAggregateAttribute';
const typeAttribute = 'Microsoft.SqlServer.Server.SqlUserDefinedTypeAttribute';

/** What its attribute makes of it. */
export function routineKindOf({ attributes }: MethodDef): EntryPoint['kind'] | undefined {
  for (const { type } of attributes) if (routines[type]) return routines[type];
  return undefined;
}

/** Of a method bound more than once the kind that may do least. */
function boundKindOf(bindings: readonly BoundName[]): EntryPoint['kind'] | undefined {
  return (['function', 'trigger', 'procedure'] as const).find((kind) => bindings.some((one) => one.kind === kind));
}

/** An aggregate's methods by name; of a type everything public, since T-SQL calls its methods and properties too. */
function contractOf(
  type: TypeDef,
  isBound: boolean,
): { readonly kind: 'aggregate' | 'type'; has(method: MethodDef): boolean } | undefined {
  const has = (name: string): boolean => type.attributes.some((attribute) => attribute.type === name);
  const accumulates = type.methods.some(({ name }) => name === 'Accumulate');
  if (has(aggregateAttribute) || (isBound && accumulates))
    return { kind: 'aggregate', has: ({ name }) => aggregateMethods.has(shortName(name)) };
  if (has(typeAttribute) || isBound)
    return { kind: 'type', has: (method) => method.isPublic || typeMethods.has(shortName(method.name)) };
  return undefined;
}

const aggregateMethods: ReadonlySet<string> = new Set(['Init', 'Accumulate', 'Merge', 'Terminate', 'Read', 'Write']);
const typeMethods: ReadonlySet<string> = new Set(['Read', 'Write']);

/** An explicit implementation is named with its interface: `System.Data.Sql.IBinarySerialize.Read`. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function fillRowsOf(type: TypeDef, { attributes }: MethodDef): readonly MethodDef[] {
  const names = attributes.flatMap(({ named }) => named.filter(({ name }) => name === 'FillRowMethodName'));
  return names.flatMap(({ value }) =>
    value.kind === 'string' ? type.methods.filter(({ name }) => name === value.value) : [],
  );
}

/** As a reader of the source would call it. */
export function entryName({ type, method }: OwnMethod): string {
  return memberName(type, method);
}

export function isSqlAttribute({ type }: CustomAttribute): boolean {
  return type.startsWith('Microsoft.SqlServer.Server.');
}
