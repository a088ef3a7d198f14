// What tables, views and schema-bound modules have of an assembly when ALTER ASSEMBLY gives it other bytes.
// Source: learn.microsoft.com "ALTER ASSEMBLY", of what has to stay and of UNCHECKED DATA; Msg 6240, 6271, 6272, 6279, 6280, 6287;
// read 2026-11.
import { typeText } from '../code/code-text.js';
import type { AttributeValue, MethodDef, PropertyDef, TypeDef } from '../code/model.js';
import { statementsOf, type AlterAssembly, type ObjectName } from '../tsql/nodes.js';
import type { CallUse, MemberUse } from '../tsql/ordinary-nodes.js';
import { itemsWithin, type Span } from '../text/span.js';
import { sameName } from './names.js';
import type { Project, ScriptFile } from './project.js';
import { saysOf } from './routine-reach.js';
import { schemaOf } from './schema-owners.js';
import { isMutator } from './user-types.js';

export interface DependentFault {
  readonly message: string;
  readonly error: number;
  /** What it is about, in the same script. */
  readonly at: Span;
  /** What only stored rows would break. */
  readonly severity?: 'warning';
}

type Types = ReadonlyMap<string, TypeDef>;

/** Of what stands above the statement, in its script. */
export function dependentFaults(
  project: Project,
  file: ScriptFile,
  statement: AlterAssembly,
  before: Types,
  after: Types,
): readonly DependentFault[] {
  const names = project.ordinaryNames;
  const { tables, indexes, views, calls, members, droppedTables } = project.ordinaryOf(file);
  const isAbove = ({ end }: Span): boolean => end <= statement.span.start;
  const faults: DependentFault[] = [];

  /** The function that is called, as it was and as it is to be. */
  const functionOf = ({ name }: CallUse): { readonly was: MethodDef; readonly is: MethodDef } | undefined => {
    const routine = names.routine(name);
    if (routine?.kind !== 'function' || !sameName(routine.externalName.assembly.value, statement.name.value))
      return undefined;
    const { className, method } = routine.externalName;
    const [was, is] = [before, after].map((types) =>
      types.get(className?.value ?? '')?.methods.filter(({ name: one }) => one === method?.value),
    );
    return was?.length === 1 && is?.length === 1 && was[0] && is[0] ? { was: was[0], is: is[0] } : undefined;
  };
  const callsIn = (within: Span): readonly CallUse[] => itemsWithin(calls, ({ name }) => name.span, within);
  const dropped = new Set(droppedTables.map(keyOf));
  const indexed = new Set(indexes.filter(({ on }) => isAbove(on.span)).map(({ on }) => keyOf(on)));

  for (const { name, columns } of tables) {
    if (!isAbove(name.span) || dropped.has(keyOf(name))) continue;
    for (const column of columns) {
      const what = `Column ${column.name.value} of ${name.last.value}`;
      const type = column.type && names.types.find(column.type);
      const isOurs = type && sameName(type.routine.externalName.assembly.value, statement.name.value);
      const used = column.isPersisted && !column.type ? callsIn(column.span).filter((call) => functionOf(call)) : [];
      const broken = used.find((call) => losesFrom(functionOf(call), ['IsDeterministic'], reading));
      if (broken) {
        const message = `${what} is kept as ${broken.name.last.value} computes it, which is no longer deterministic and without access to data`;
        faults.push({ message, error: 6287, at: column.name.span });
      } else if ((used.length > 0 || (isOurs && isUserDefined(type.type))) && !statement.uncheckedData) {
        const message = `${what} may hold what the new code would not: without UNCHECKED DATA it has to be checked, which ALTER ASSEMBLY does not do`;
        faults.push({ message, error: 6280, at: column.name.span, severity: 'warning' });
      }
    }
  }

  for (const { name, span } of views) {
    if (!isAbove(name.span) || !indexed.has(keyOf(name))) continue;
    const broken = callsIn(span).find((call) => losesFrom(functionOf(call), ['IsDeterministic', 'IsPrecise'], reading));
    if (!broken) continue;
    const message = `Indexed view ${name.last.value} stands on ${broken.name.last.value}, which is no longer deterministic, precise and without access to data`;
    faults.push({ message, error: 6240, at: name.span });
  }

  const bound = [
    ...views.filter(({ isSchemaBound }) => isSchemaBound),
    ...statementsOf(file.script, 'createFunction', 'createOrAlterFunction').filter(
      ({ externalName, options }) => !externalName && options.some(({ name }) => name === 'SCHEMABINDING'),
    ),
  ].filter(({ span }) => isAbove(span));
  for (const { name, span } of bound)
    for (const use of itemsWithin(members, (one) => one.span, span)) {
      const type = names.types.find(use.of);
      if (!type || !sameName(type.routine.externalName.assembly.value, statement.name.value)) continue;
      const fault = memberFault(use, before.get(type.type.name), after.get(type.type.name), name);
      if (fault) faults.push({ ...fault, at: name.span });
    }
  return faults;
}

const reading = ['DataAccess', 'SystemDataAccess'];

/** What the attribute promised before and does not now, or reads now and did not before. */
function losesFrom(
  changed: { readonly was: MethodDef; readonly is: MethodDef } | undefined,
  promised: readonly string[],
  refused: readonly string[],
): boolean {
  if (!changed) return false;
  const { was, is } = changed;
  return (
    promised.some((one) => saysOf(was, one) === true && saysOf(is, one) === false) ||
    refused.some((one) => saysOf(was, one) === false && saysOf(is, one) === true)
  );
}

function memberFault(
  { member: { value: name }, arguments: given }: MemberUse,
  was: TypeDef | undefined,
  is: TypeDef | undefined,
  by: ObjectName,
): Pick<DependentFault, 'message' | 'error'> | undefined {
  if (!was || !is) return undefined;
  const own = `${was.name}::${name}`;
  const gone = (what: string, error: number): Pick<DependentFault, 'message' | 'error'> => ({
    message: `${what} ${own}, which ${by.last.value} is bound to, is not in the new assembly as it was`,
    error,
  });
  if (given) {
    const [before, after] = [was, is].map(({ methods }) => methods.filter((one) => one.name === name));
    const [old, now] = [before?.[0], after?.[0]];
    if (!old || before?.length !== 1) return undefined;
    if (!now) return gone('Method', 6270);
    if ((after?.length ?? 0) > 1 || isMutator(old) === isMutator(now)) return undefined;
    return {
      message: `Method ${own}, which ${by.last.value} is bound to, ${isMutator(now) ? 'becomes a mutator' : 'is no longer a mutator'}`,
      error: 6279,
    };
  }
  const [oldField, newField] = [was, is].map(({ fields }) => fields.find((one) => one.name === name));
  if (oldField)
    return newField?.isPublic && typeText(newField.type) === typeText(oldField.type) ? undefined : gone('Field', 6271);
  const [oldProperty, newProperty] = [was, is].map(({ properties }) => properties.find((one) => one.name === name));
  if (!oldProperty) return undefined;
  const isKept = newProperty && getterType(was, oldProperty) === getterType(is, newProperty);
  return isKept ? undefined : gone('Property', 6272);
}

function getterType({ methods }: TypeDef, property: PropertyDef): string | undefined {
  const getter = methods.find(({ name }) => name === property.getter);
  return getter && typeText(getter.returns);
}

/** `Format.UserDefined`: only code tells what its bytes are. */
function isUserDefined({ attributes }: TypeDef): boolean {
  const format: AttributeValue | undefined = attributes.find(
    ({ type }) => type === 'Microsoft.SqlServer.Server.SqlUserDefinedTypeAttribute',
  )?.arguments[0];
  return format?.kind === 'number' && Number(format.value) === 2;
}

function keyOf(name: ObjectName): string {
  return `${schemaOf(name)}.${name.last.value}`.toLowerCase();
}
