// Functions that impersonate and have to be marked as reading data, though they read none themselves.
// Source: learn.microsoft.com "Breaking changes to Database Engine features in SQL Server 2016", the section of SQL Server 2008;
// read 2026-11.
import type { EntryPoint } from '../code/entry-points.js';
import type { AttributeValue } from '../code/model.js';
import { functionAttribute } from './routine-reach.js';

/** What SQL Server reads while the method runs: the pieces of a large value, or rows; undefined where it reads nothing. */
export function readFor({ method }: EntryPoint): string | undefined {
  if (functionAttribute(method)?.named.some(({ name }) => name === 'FillRowMethodName'))
    return 'a table-valued function';
  const large = method.parameters.find(
    ({ type, attributes }) =>
      (type.kind === 'named' && largeTypes.has(type.name)) ||
      attributes.some(
        (one) => one.type === facet && one.named.some(({ name, value }) => name === 'MaxSize' && isMaximum(value)),
      ),
  );
  return large && `its large argument ${large.name}`;
}

const largeTypes: ReadonlySet<string> = new Set(['System.Data.SqlTypes.SqlBytes', 'System.Data.SqlTypes.SqlChars']);
const facet = 'Microsoft.SqlServer.Server.SqlFacetAttribute';

function isMaximum(value: AttributeValue): boolean {
  return value.kind === 'number' && Number(value.value) === -1;
}
