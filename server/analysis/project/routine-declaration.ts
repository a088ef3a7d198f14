// How T-SQL declares what managed code has: the type of a parameter or result.
import { isVoid, type CustomAttribute, type ParameterDef, type TypeRef } from '../code/model.js';
import { declaredTypes } from '../knowledge/clr-type-mapping.js';
import type { DataType } from '../tsql/nodes.js';
import { managedName } from './type-pairs.js';

/** Undefined where no type of SQL Server's own stands for it. */
export function declaredType(type: TypeRef, attributes: readonly CustomAttribute[]): string | undefined {
  const name = managedName(type.kind === 'byReference' ? type.element : type)?.replace('?', '');
  const declared = name === undefined ? undefined : declaredTypes.get(name);
  const facet = attributes.find((one) => one.type === 'Microsoft.SqlServer.Server.SqlFacetAttribute');
  return declared !== undefined && facet ? withFacet(declared, facet) : declared;
}

function withFacet(declared: string, { named }: CustomAttribute): string {
  const value = (property: string): number | boolean | undefined => {
    const said = named.find(({ name }) => name === property)?.value;
    return said?.kind === 'number' ? Number(said.value) : said?.kind === 'boolean' ? said.value : undefined;
  };
  const size = value('MaxSize');
  const [base = declared] = declared.split('(', 1);
  if (/^n?(?:var)?(?:char|binary)/.test(base) && typeof size === 'number') {
    const fixed = value('IsFixedLength') === true && size > 0;
    return `${fixed ? base.replace('var', '') : base}(${size < 0 ? 'max' : size})`;
  }
  const precision = value('Precision');
  return base === 'decimal' && typeof precision === 'number'
    ? `decimal(${precision}, ${Number(value('Scale') ?? 0)})`
    : declared;
}

/** What to write in place of a type that SQL Server refuses here, with the length that it has. */
export function declaredInstead(
  written: DataType,
  type: TypeRef,
  attributes: readonly CustomAttribute[],
): { readonly text: string; readonly isSurelyMeant: boolean } | undefined {
  const text = declaredType(type, attributes);
  if (text === undefined) return undefined;
  const name = written.name.last.value.toLowerCase();
  const [length = ''] = written.facets;
  if (!text.startsWith('n') || !/^(?:var)?char$/.test(name)) return { text, isSurelyMeant: false };
  const isWhole = /^\d{1,4}$/.test(length) && Number(length) <= 4000;
  const facet = length === '' ? '' : isWhole ? `(${length})` : '(max)';
  return { text: `n${name === 'char' && facet === '(max)' ? 'varchar' : name}${facet}`, isSurelyMeant: true };
}

/** `@gross money`; undefined where there is no type for it. */
export function declaredParameter({ name, type, attributes }: ParameterDef, index: number): string | undefined {
  const declared = declaredType(type, attributes);
  if (declared === undefined) return undefined;
  const written = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `p${index + 1}`;
  return `@${written} ${declared}${type.kind === 'byReference' ? ' OUTPUT' : ''}`;
}

/** What a procedure's status can come from ("CLR stored procedures"; Msg 6567). */
export function isStatus(type: TypeRef): boolean {
  return isVoid(type) || ['Int32', 'Int32?', 'SqlInt32'].includes(managedName(type) ?? '');
}
