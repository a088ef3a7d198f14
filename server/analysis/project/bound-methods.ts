// The one managed method behind each T-SQL routine, where it can be one: `routine-not-public-static` tells the others.
import type { MethodDef, TypeDef } from '../code/model.js';
import type { CreateAggregate, Parameter, RoutineStatement } from '../tsql/nodes.js';
import type { BoundRoutine } from './project.js';

export interface BoundMethod {
  readonly routine: BoundRoutine;
  readonly statement: RoutineStatement;
  readonly type: TypeDef;
  readonly method: MethodDef;
}

export function boundMethodOf(routine: BoundRoutine): BoundMethod | undefined {
  const { statement, externalName } = routine;
  if (statement.kind === 'createAggregate' || statement.kind === 'createTypeUdt' || externalName.surplus)
    return undefined;
  const type = classOf(routine);
  const [method, other] = type?.methods.filter(({ name }) => name === externalName.method?.value) ?? [];
  if (!type || !method || other || type.isGeneric || !method.isPublic || !method.isStatic || method.arity > 0)
    return undefined;
  return { routine, statement, type, method };
}

/** The class that a type, an aggregate or a routine names; that of a type or an aggregate may bear its name. */
export function classOf({ code, externalName, name, kind }: BoundRoutine): TypeDef | undefined {
  const { className, surplus } = externalName;
  const own = kind === 'type' || kind === 'aggregate' ? name.last.value : undefined;
  const wanted = className?.value ?? own;
  return surplus ? undefined : code?.types.find((type) => type.name === wanted);
}

/** Of an aggregate those of Accumulate. */
export function parametersOf(statement: RoutineStatement | CreateAggregate): readonly Parameter[] {
  return 'parameters' in statement ? statement.parameters : [];
}

/** Nothing of it is hidden in a base: one of the framework's own, or none. */
export function standsAlone({ base }: TypeDef): boolean {
  return !base || (base.kind === 'named' && (base.name === 'System.Object' || base.name === 'System.ValueType'));
}
