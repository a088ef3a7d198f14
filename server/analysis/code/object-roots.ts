// Which objects a value can be: what is put into one of them is in all that made it.
import type { Call } from './body.js';
import type { FieldDef } from './model.js';
import type { FlowValue, ValueFlow } from './value-flow.js';

const maximumRoots = 16;

/** The objects a value can be, as what made them: a value of the method, or an own field. */
export function rootsOf(flow: ValueFlow, value: number): readonly (number | FieldDef)[] {
  const roots: (number | FieldDef)[] = [];
  const seen = new Set<number>();
  const work = [value];
  for (let one = work.pop(); one !== undefined && seen.size < maximumRoots; one = work.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    const found = flow.values[one];
    const before = found && objectBefore(found);
    if (!before) roots.push(one);
    else if (Array.isArray(before)) {
      roots.push(one);
      work.push(...before);
    } else if (typeof before === 'number') work.push(before);
    else roots.push(before as FieldDef);
  }
  return roots;
}

function objectBefore({ definition }: FlowValue): number | number[] | FieldDef | undefined {
  if (definition.kind === 'join') return definition.from.map(({ value }) => value);
  if (definition.kind !== 'operation') return undefined;
  const { operation, reads } = definition.step;
  switch (operation.kind) {
    case 'assign':
    case 'convert':
    case 'loadIndirect':
    case 'loadElement':
    case 'elementAddress':
      return reads[0];
    case 'loadField':
    case 'fieldAddress':
      return operation.field.definition?.field;
    case 'call':
      return isFluent(operation) ? reads[0] : undefined;
    default:
      return undefined;
  }
}

/** `Append` and its like give back what they are called on. */
function isFluent({ instance, method }: Call): boolean {
  const { type, returns } = method;
  return (
    instance !== undefined &&
    !method.definition &&
    type.kind === 'named' &&
    returns.kind === 'named' &&
    type.name === returns.name &&
    type.name !== 'System.String'
  );
}
