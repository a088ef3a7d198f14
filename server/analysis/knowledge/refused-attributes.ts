// Custom attributes that CREATE ASSEMBLY refuses in SAFE and EXTERNAL_ACCESS assemblies.
// Source: learn.microsoft.com "CLR integration programming model restrictions", "Designing assemblies"; read 2026-11.
// The second page refuses most of them in UNSAFE assemblies too. That is not followed: UNSAFE assemblies with DllImport are
// documented to work. Numbers are inferred from the templates of 6237 to 6239, which name a method, a field and a type.

export interface RefusedAttribute {
  readonly type: string;
  /** Numbers of the errors, by what the attribute stands on. On anything else it is not refused. */
  readonly errors: Readonly<Partial<Record<AttributeTarget, readonly number[]>>>;
  /** How an image has it. */
  readonly stored: 'custom attribute' | 'implementation flags' | 'import' | 'declarative security';
  readonly permissionSets: readonly ('SAFE' | 'EXTERNAL_ACCESS')[];
}

export type AttributeTarget = 'module' | 'type' | 'method' | 'field';

type Row = readonly [type: string, errors: RefusedAttribute['errors'], stored: RefusedAttribute['stored']];

const rows: readonly Row[] = [
  ['System.ContextStaticAttribute', { field: [6238] }, 'custom attribute'],
  ['System.MTAThreadAttribute', { method: [6237] }, 'custom attribute'],
  // Compilers put it on every assembly, and those register as SAFE every day: on an assembly it is no finding.
  [
    'System.Runtime.CompilerServices.CompilationRelaxationsAttribute',
    { method: [6237], type: [6239] },
    'custom attribute',
  ],
  // 6213 for Synchronized, 6215 for other flags.
  ['System.Runtime.CompilerServices.MethodImplAttribute', { method: [6213, 6215] }, 'implementation flags'],
  ['System.Runtime.InteropServices.DllImportAttribute', { method: [6265] }, 'import'],
  ['System.Runtime.Remoting.Contexts.ContextAttribute', { type: [6239] }, 'custom attribute'],
  ['System.Runtime.Remoting.Contexts.SynchronizationAttribute', { type: [6239] }, 'custom attribute'],
  ['System.STAThreadAttribute', { method: [6237] }, 'custom attribute'],
  // The base of what declares security: types derived from it are meant. With /unsafe, compilers write
  // SecurityPermission(RequestMinimum, SkipVerification) of the assembly themselves.
  ['System.Security.Permissions.CodeAccessSecurityAttribute', { method: [6237], type: [6239] }, 'declarative security'],
  ['System.Security.SuppressUnmanagedCodeSecurityAttribute', { method: [6237], type: [6239] }, 'custom attribute'],
  // Written by the compiler with /unsafe.
  ['System.Security.UnverifiableCodeAttribute', { module: [6205] }, 'custom attribute'],
  ['System.ThreadStaticAttribute', { field: [6238] }, 'custom attribute'],
];

/** They say something of the method where a program begins, and of no other. */
const withoutEffect: ReadonlySet<string> = new Set(['System.MTAThreadAttribute', 'System.STAThreadAttribute']);

/** Whether nothing is another without it, in an assembly that is no program. */
export function isWithoutEffect(type: string): boolean {
  return withoutEffect.has(type);
}

const attributes = new Map(
  rows.map(([type, errors, stored]): [string, RefusedAttribute] => [
    type,
    { type, errors, stored, permissionSets: ['SAFE', 'EXTERNAL_ACCESS'] },
  ]),
);

/** By the name of the attribute's type, not of one derived from it. */
export function findRefusedAttribute(type: string): RefusedAttribute | undefined {
  return attributes.get(type);
}
