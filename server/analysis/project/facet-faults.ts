// SqlFacet where it says what SQL Server does not take: of the members of a user-defined type, and of what its methods take.
// Source: Msg 6293 to 6298; learn.microsoft.com "SqlFacetAttribute class": which property is for which types; read 2026-11.
import type { CustomAttribute, TypeDef, TypeRef } from '../code/model.js';
import type { Fault } from './serialization-faults.js';
import { managedName } from './type-pairs.js';

export function facetFaults(type: TypeDef): readonly Fault[] {
  const faults: Fault[] = [];
  const check = (member: string, of: TypeRef, attributes: readonly CustomAttribute[]): void => {
    const facet = attributes.find((one) => one.type === sqlFacet);
    if (facet) faults.push(...valueFaults(member, of, facet));
  };
  for (const { name, type: of, attributes, isPublic, compilerGenerated } of type.fields) {
    if (compilerGenerated) continue;
    if (!isPublic && isFaceted(attributes)) faults.push(hidden(name));
    else check(name, of, attributes);
  }
  for (const { name, type: of, attributes, getter, setter } of type.properties) {
    const accessors = type.methods.filter((one) => one.name === getter || one.name === setter);
    if (isFaceted(attributes) && !accessors.some(({ isPublic }) => isPublic)) faults.push(hidden(name));
    else check(name, of, attributes);
    for (const { returnAttributes, parameters } of accessors)
      if (isFaceted([...returnAttributes, ...parameters.flatMap((one) => one.attributes)]))
        faults.push({ what: `has SqlFacet on an accessor of ${name}, and not on the property`, sqlErrors: [6296] });
  }
  const accessors = new Set(type.properties.flatMap(({ getter, setter }) => [getter, setter]));
  for (const method of type.methods) {
    if (!method.isPublic || accessors.has(method.name)) continue;
    check(method.name, method.returns, method.returnAttributes);
    for (const { name, type: of, attributes } of method.parameters) check(`${method.name}(${name})`, of, attributes);
  }
  return faults;
}

const sqlFacet = 'Microsoft.SqlServer.Server.SqlFacetAttribute';

function isFaceted(attributes: readonly CustomAttribute[]): boolean {
  return attributes.some((one) => one.type === sqlFacet);
}

function hidden(member: string): Fault {
  return { what: `has SqlFacet on ${member}, which is not public`, sqlErrors: [6293] };
}

function valueFaults(member: string, of: TypeRef, { named }: CustomAttribute): readonly Fault[] {
  const says = (property: string): boolean => named.some(({ name }) => name === property);
  const number = (property: string): number | undefined => {
    const value = named.find(({ name }) => name === property)?.value;
    return value?.kind === 'number' ? Number(value.value) : undefined;
  };
  const isFixed = named.some(({ name, value }) => name === 'IsFixedLength' && value.kind === 'boolean' && value.value);
  const own = managedName(of.kind === 'byReference' ? of.element : of)?.replace('?', '');
  const fault = (what: string, error: number): readonly Fault[] => [
    { what: `has SqlFacet on ${member} ${what}`, sqlErrors: [error] },
  ];
  const foreign = ['MaxSize', 'IsFixedLength', 'Precision', 'Scale'].find(
    (property) => says(property) && own !== undefined && own !== 'Object' && !takers(property).has(own),
  );
  if (foreign !== undefined) return fault(`with ${foreign}, which ${own ?? ''} has not`, 6294);
  const size = number('MaxSize');
  const most = own !== undefined && texts.has(own) ? 4000 : 8000;
  if (size !== undefined && size !== -1 && (size < 1 || size > most))
    return fault(`with a MaxSize of ${size}, which is out of range`, 6295);
  const precision = number('Precision');
  const scale = number('Scale');
  if (says('Precision') !== says('Scale'))
    return fault(`with ${says('Scale') ? 'Scale, and no Precision' : 'Precision, and no Scale'}`, 6298);
  if (
    precision !== undefined &&
    scale !== undefined &&
    (precision < 1 || precision > 38 || scale < 0 || scale > precision)
  )
    return fault(`with ${precision}, ${scale} as Precision and Scale, which is out of range`, 6295);
  if (isFixed && size === -1) return fault('with a fixed length, and a MaxSize of -1', 6297);
  return [];
}

function takers(property: string): ReadonlySet<string> {
  return property === 'Precision' || property === 'Scale' ? decimals : lengths;
}

const texts: ReadonlySet<string> = new Set(['Char[]', 'SqlChars', 'SqlString', 'String']);
const lengths: ReadonlySet<string> = new Set([...texts, 'Byte[]', 'SqlBinary', 'SqlBytes']);
const decimals: ReadonlySet<string> = new Set(['Decimal', 'SqlDecimal']);
