// What the tables of .ci/knowledge say of a member: the sources of what the project knows, looked up anew.
import type { MethodDef, TypeDef } from '../../server/analysis/code/model.js';
import { parameterNames } from '../../server/analysis/code/names.js';
import type { Framework } from './framework.js';

export type CsvRow = Readonly<Record<string, string>>;

export interface Expected {
  readonly permissionSet: string;
  readonly reason: string;
}

export interface Tables {
  readonly framework: Framework;
  readonly lookUp: LookUp;
  readonly hostProtection: HostProtection;
}

export type LookUp = (assembly: string, type: TypeDef, method: MethodDef) => CsvRow | undefined;

/** The exact parameters, the member, the type, the namespace: the first row counts. */
export function lookUpIn(rows: readonly CsvRow[]): LookUp {
  const byKey = new Map(
    rows.map((row) => {
      const parameters = typeParametersByPosition(row['type'], row['params']);
      return [keyOf(row['namespace'], row['type'], row['clr_name'], parameters), row];
    }),
  );
  return (assembly, { name }, method) => {
    const [namespace, type] = namespaceAndType(name);
    const inNamespace = byKey.get(keyOf(namespace, '*', '*', '*'));
    return (
      byKey.get(keyOf(namespace, type, method.name, parametersText(method))) ??
      byKey.get(keyOf(namespace, type, method.name, '*')) ??
      byKey.get(keyOf(namespace, type, '*', '*')) ??
      (inNamespace?.['assembly']?.split('|').includes(assembly) ? inNamespace : undefined)
    );
  };
}

/** The flags that .NET Framework 4.8 has on a member, or undefined. */
export type HostProtection = (type: TypeDef, method: MethodDef) => string | undefined;

export function hostProtectionIn(rows: readonly CsvRow[]): HostProtection {
  const byKey = new Map(
    rows
      .filter((row) => row['in_ref48'] === '1')
      .map(({ namespace, type, kind, clr_name, params, flags = '' }) => {
        const parameters = kind === 'property' ? '*' : typeParametersByPosition(type, params);
        return [keyOf(namespace, type, clr_name === '' ? '*' : clr_name, parameters), flags.replaceAll(';', ', ')];
      }),
  );
  return (declaring, method) => {
    const [namespace, type] = namespaceAndType(declaring.name);
    return (
      byKey.get(keyOf(namespace, type, method.name, parametersText(method))) ??
      byKey.get(keyOf(namespace, type, method.name, '*')) ??
      byKey.get(keyOf(namespace, type, '*', ''))
    );
  };
}

/** What the row says; where it does not know of the member's host protection, that comes before it. */
export function expectedOf(row: CsvRow | undefined, flags: string | undefined): Expected | undefined {
  if (flags === undefined && !row) return undefined;
  const { min_permission_set: permissionSet = 'SAFE', reason = '', clr_name: member = '*' } = row ?? {};
  if (flags === undefined) return { permissionSet, reason };
  const [first] = reason.split('; ');
  if (first === `HPA ${flags}` || (member !== '*' && reason.includes('HPA '))) return { permissionSet, reason };
  // A row of a type may tell of host protection that only some members have.
  if (reason.includes('HPA ')) return { permissionSet, reason: `HPA ${flags}` };
  return {
    permissionSet: permissionSet === 'NONE' ? 'NONE' : 'UNSAFE',
    reason: permissionSet === 'SAFE' ? `HPA ${flags}` : `HPA ${flags}; ${reason}`,
  };
}

/** The tables write `T` where metadata has a position. */
function typeParametersByPosition(type = '', parameters = ''): string {
  return parameters.replace(/\bT\b/g, type.includes('`') ? '!0' : '!!0');
}

function keyOf(...parts: readonly (string | undefined)[]): string {
  return parts.join('|');
}

export function namespaceAndType(name: string): readonly [string, string] {
  const outer = name.split('+', 1)[0] ?? name;
  const dot = outer.lastIndexOf('.');
  return dot < 0 ? ['', name] : [name.slice(0, dot), name.slice(dot + 1)];
}

export function parametersText({ name, parameters, returns }: MethodDef): string {
  return parameterNames({ name, returns, parameters: parameters.map(({ type }) => type) }).join(',');
}
