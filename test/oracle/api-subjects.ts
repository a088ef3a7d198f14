// Rows of the tables of API permissions, each with the members of the .NET Framework that it speaks of.
import type { MethodDef, TypeDef } from '../../server/analysis/code/model.js';
import { expectedOf, namespaceAndType, parametersText, type CsvRow, type Expected, type Tables } from './api-tables.js';
import { attemptsAt, type Attempt } from './calls.js';
import type { Framework, FrameworkType } from './framework.js';

/** One row of a table: members that it speaks of, and where there is none, why. */
export interface Subject {
  readonly table: 'api-permissions.csv' | 'disallowed-members.csv';
  readonly text: string;
  readonly candidates: readonly Candidate[];
  readonly cause?: string;
}

export interface Candidate {
  readonly attempt: Attempt;
  /** What the tables say of the member; undefined where they say nothing. */
  readonly expected: Expected | undefined;
}

export function permissionSubject(row: CsvRow, tables: Tables): Subject {
  const { namespace = '', type = '', clr_name: member = '', params = '' } = row;
  const subject = { table: 'api-permissions.csv', text: `${namespace}.${type}::${member}(${params})` } as const;
  const named = tables.framework.types.get(`${namespace}.${type}`) ?? [];
  const types = type === '*' ? typesOfNamespace(row, tables.framework) : named;
  const isMeant = ({ method, row: found }: Meant): boolean =>
    (member === '*' || method.name === member) && found === row && !isExempt(method, row);
  const candidates = candidatesIn(types, isMeant, tables);
  if (candidates.length > 0) return { ...subject, candidates };
  return { ...subject, candidates, cause: causeOf(types, member) };
}

/** The overloads that make an anonymously hosted method: the row excepts them in its note. */
function isExempt(method: MethodDef, row: CsvRow): boolean {
  return row['params'] === '*' && (row['note'] ?? '').includes(`(${parametersText(method)}) `);
}

function causeOf(types: readonly FrameworkType[], member: string): string {
  if (types.length === 0) return 'no such type in the assemblies of mono';
  if (!types.some(({ type }) => type.isPublic)) return 'the type is not public in the assemblies of mono';
  if (member === '*') return 'no member in the assemblies of mono is without a row of its own';
  return types.some(({ type }) => type.methods.some(({ name }) => name === member))
    ? 'no such overload in the assemblies of mono'
    : 'no such member in the assemblies of mono';
}

interface Meant {
  readonly type: TypeDef;
  readonly method: MethodDef;
  readonly row: CsvRow | undefined;
  readonly expected: Expected | undefined;
}

/** Where the tables agree with each other first, then the plainest call. */
function candidatesIn(
  types: readonly FrameworkType[],
  isMeant: (one: Meant) => boolean,
  { lookUp, hostProtection }: Tables,
): readonly Candidate[] {
  return types
    .filter(({ type }) => type.isPublic)
    .flatMap(({ assembly, type }) =>
      methodsOf(type).map((method): Meant => {
        const row = lookUp(assembly, type, method);
        return { type, method, row, expected: expectedOf(row, hostProtection(type, method)) };
      }),
    )
    .filter(isMeant)
    .sort((a, b) => Number(isTold(b)) - Number(isTold(a)))
    .flatMap(({ type, method, expected }) => attemptsAt(type, method).map((attempt) => ({ attempt, expected })));
}

function isTold({ row, expected }: Meant): boolean {
  return row !== undefined && row['reason'] === expected?.reason;
}

function typesOfNamespace(row: CsvRow, framework: Framework): readonly FrameworkType[] {
  const assemblies = (row['assembly'] ?? '').split('|');
  return [...framework.types.values()]
    .flat()
    .filter(
      ({ assembly, type }) => assemblies.includes(assembly) && namespaceAndType(type.name)[0] === row['namespace'],
    );
}

export function documentedSubject(row: CsvRow, tables: Tables): Subject {
  const { namespace_type: name = '', member = '' } = row;
  const subject = { table: 'disallowed-members.csv', text: `${name}::${member}` } as const;
  const types = tables.framework.types.get(name) ?? [];
  if (row['net48_check']?.startsWith('type-has-no-HPA'))
    return { ...subject, candidates: [], cause: 'not under host protection in .NET Framework 4.8' };
  const flags = (row['net48_hpa'] ?? '').split('; ').filter((flag) => flag !== '');
  const isMeant = ({ method, expected }: Meant): boolean =>
    (member === '*' || method.name === member) && flags.every((flag) => expected?.reason.includes(flag));
  const candidates = candidatesIn(types, isMeant, tables);
  if (candidates.length > 0) return { ...subject, candidates };
  const isHidden = row['net48_check'] === 'type-not-public-in-net48';
  return {
    ...subject,
    candidates,
    cause: isHidden ? 'the type is not public in .NET Framework 4.8' : causeOf(types, member),
  };
}

/** Methods C# can say by name, the plainest calls first. */
function methodsOf(type: TypeDef): readonly MethodDef[] {
  const rank = (method: MethodDef): number => {
    if (!method.isPublic) return 4;
    if (method.name === '.ctor') return type.isAbstract ? 4 : 0;
    return method.isStatic ? 1 : method.isVirtual ? 3 : 2;
  };
  return type.methods
    .filter(({ name }) => name !== '.cctor' && name !== 'Finalize' && !/[.<]/.test(name.slice(1)))
    .filter(({ name }) => !name.startsWith('op_') || name === 'op_Explicit' || name === 'op_Implicit')
    .sort((a, b) => rank(a) - rank(b));
}
