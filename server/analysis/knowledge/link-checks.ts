// What SQL Server checks of a link between two objects: which permission, when, and of whom.
// Source: MicrosoftDocs/sql-docs "Links in CLR integration security"; learn.microsoft.com "CREATE TYPE", "CREATE AGGREGATE",
// "GRANT object permissions", "CLR integration code access security"; read 2026-11.

export type LinkKind =
  /** One runs the other. */
  | 'invocation'
  | 'table-access'
  /** What EXTERNAL NAME or a reference in the code ties to an assembly. */
  | 'gated'
  /** Code that touches what lies outside of the database; permission sets decide, and no permission of SQL Server's. */
  | 'reach';

export type LinkCheck = {
  readonly kind: LinkKind;
  /** In one sentence, fit to be read beside the link. */
  readonly meaning: string;
} & (
  | { readonly checkedAt: 'create'; readonly against: 'owner' }
  | { readonly checkedAt: 'execute'; readonly against: 'context' }
  /** As the reason says it: at CREATE ASSEMBLY, or when the code runs. */
  | { readonly checkedAt: 'either'; readonly against: 'permission set' }
);

export const linkChecks: readonly LinkCheck[] = [
  {
    kind: 'gated',
    checkedAt: 'create',
    against: 'owner',
    meaning: 'checked once, when the object is created, of its owner; who runs it needs no permission on the assembly',
  },
  {
    kind: 'invocation',
    checkedAt: 'execute',
    against: 'context',
    meaning: 'checked each time, in the execution context of the moment: the caller, or whom EXECUTE AS names',
  },
  {
    kind: 'table-access',
    checkedAt: 'execute',
    against: 'context',
    meaning: 'checked each time, in the execution context of the moment: the caller, or whom EXECUTE AS names',
  },
  {
    kind: 'reach',
    checkedAt: 'either',
    against: 'permission set',
    meaning:
      'the permission set of the assembly must allow it; in the operating system it is done by the service account',
  },
];

export function linkCheckOf(kind: LinkKind): LinkCheck {
  const found = linkChecks.find((check) => check.kind === kind);
  if (!found) throw new Error(`The table of links lacks ${kind}`);
  return found;
}
