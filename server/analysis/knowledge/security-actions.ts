// What declarative security does, by the value of System.Security.Permissions.SecurityAction (ECMA-335 II.22.11).

const actions = {
  2: 'Demand',
  3: 'Assert',
  4: 'Deny',
  5: 'PermitOnly',
  6: 'LinkDemand',
  7: 'InheritanceDemand',
  8: 'RequestMinimum',
  9: 'RequestOptional',
  10: 'RequestRefuse',
} as const;

type KnownAction = (typeof actions)[keyof typeof actions];

export function securityActionOf(value: number): KnownAction | 'unknown' {
  return (actions as Readonly<Record<number, KnownAction>>)[value] ?? 'unknown';
}
