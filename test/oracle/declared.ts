// What the attributes of a member ask of its caller: SecurityCritical, and permissions that are demanded; not host protection.
// Source of what SQL Server grants: learn.microsoft.com "CLR integration code access security", read 2026-11.
import type { CustomAttribute, MethodDef, SecurityDeclaration, TypeDef } from '../../server/analysis/code/model.js';

export interface Declared {
  readonly permissionSet: 'EXTERNAL_ACCESS' | 'UNSAFE';
  readonly reason: string;
}

/** Attributes of a type hold for every member; what is asked of the type is told first. */
export function declaredOf(type: TypeDef, method: MethodDef): Declared | undefined {
  return strongest([...askedBy(type), ...askedBy(method)]);
}

/** What every member asks for, because the type does. */
export function declaredOfType(type: TypeDef): Declared | undefined {
  return strongest(askedBy(type));
}

function strongest(asked: readonly Declared[]): Declared | undefined {
  if (asked.length === 0) return undefined;
  const isUnsafe = asked.some(({ permissionSet }) => permissionSet === 'UNSAFE');
  const reasons = new Set(asked.map(({ reason }) => reason));
  return { permissionSet: isUnsafe ? 'UNSAFE' : 'EXTERNAL_ACCESS', reason: [...reasons].join('; ') };
}

function askedBy({ attributes, security }: TypeDef | MethodDef): readonly Declared[] {
  const isCritical = attributes.some(({ type }) => type === 'System.Security.SecurityCriticalAttribute');
  return [
    ...(isCritical ? [{ permissionSet: 'UNSAFE', reason: 'SecurityCritical' } as const] : []),
    ...security.flatMap(demandedBy),
  ];
}

function demandedBy({ action, permissions }: SecurityDeclaration): readonly Declared[] {
  if (action !== 'Demand' && action !== 'LinkDemand') return [];
  return permissions
    .filter(({ type }) => type !== 'System.Security.Permissions.HostProtectionAttribute')
    .map((permission): Declared => {
      const name = permission.type.replace(/^.*\.|Attribute$/g, '');
      const parts = name === 'SecurityPermission' ? flagsOf(permission) : [setOf(permission)];
      const isGranted = name === 'SecurityPermission' && parts.every((flag) => granted.has(flag));
      return {
        permissionSet: isGranted ? 'EXTERNAL_ACCESS' : 'UNSAFE',
        reason: `${name}(${parts.join(', ')}) ${action}`,
      };
    });
}

/** What EXTERNAL_ACCESS has of SecurityPermission. */
const granted: ReadonlySet<string> = new Set(['Assertion', 'ControlPrincipal', 'Execution', 'SerializationFormatter']);

/** SecurityPermissionFlag, by bit. */
const flags = [
  'Assertion',
  'UnmanagedCode',
  'SkipVerification',
  'Execution',
  'ControlThread',
  'ControlEvidence',
  'ControlPolicy',
  'SerializationFormatter',
  'ControlDomainPolicy',
  'ControlPrincipal',
  'ControlAppDomain',
  'RemotingConfiguration',
  'Infrastructure',
  'BindingRedirects',
];

/** `Flags = …`, or each by its name. */
function flagsOf({ named }: CustomAttribute): readonly string[] {
  const found = named.flatMap(({ name, value }) => {
    if (value.kind === 'number') return flags.filter((_, bit) => (Number(value.value) >> bit) & 1);
    return value.kind === 'boolean' && value.value ? [name] : [];
  });
  return [...new Set(found)].sort();
}

function setOf({ named }: CustomAttribute): string {
  return named.map(({ name, value }) => (value.kind === 'string' ? (value.value ?? '') : name)).join(', ');
}
