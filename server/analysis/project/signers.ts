// Keys and certificates that scripts make, with the login each has and what that login may do: what SQL Server asks for when
// an assembly is to be trusted by who signed it.
// Source: learn.microsoft.com "CREATE ASSEMBLY (Transact-SQL)", Permissions; "CLR strict security"; read 2026-11.
import { signerPermissions } from '../knowledge/permissions.js';
import type { Target } from '../knowledge/targets.js';
import { argumentsOf } from '../tsql/calls.js';
import { textOf } from '../tsql/constants.js';
import {
  statementsOf,
  type AsymmetricKeyStatement,
  type CertificateStatement,
  type Expression,
  type LoginStatement,
  type Script,
  type Statement,
} from '../tsql/nodes.js';
import { grouped } from './grouped.js';
import type { Project, ScriptFile } from './project.js';
import type { Span } from '../text/span.js';

export interface Signer {
  readonly kind: 'asymmetric key' | 'certificate';
  readonly file: ScriptFile;
  readonly statement: AsymmetricKeyStatement | CertificateStatement;
  readonly logins: readonly SignerLogin[];
}

export interface SignerLogin {
  readonly file: ScriptFile;
  readonly statement: LoginStatement;
  readonly rights: readonly Right[];
}

/** What lets a login's signatures count. */
export interface Right {
  /** `sysadmin`: by membership of the role. */
  readonly name: (typeof signerPermissions)[number] | 'sysadmin';
  readonly file: ScriptFile;
  readonly span: Span;
  readonly statement: Statement;
}

/**
 * Whether the server can make it. One that reaches no files takes certificates as bytes alone ("T-SQL differences between SQL Server &
 * Azure SQL Managed Instance"), and keys from assemblies.
 */
export function isMakeable({ kind, source }: Signer['statement'], { fromFile }: Target): boolean {
  if (fromFile || !source) return true;
  if (source.kind === 'file' || source.kind === 'executableFile') return false;
  return kind !== 'createCertificate' || source.kind !== 'assembly';
}

/** Of all scripts, in order; those of T-SQL bodies among them, which may make them some day. */
export function signersOf(project: Pick<Project, 'scriptsWith'>): readonly Signer[] {
  const logins = project
    .scriptsWith('createLogin')
    .flatMap((file) => statementsOf(file.script, 'createLogin').map((statement) => ({ file, statement })));
  const loginsBySource = grouped(logins, ({ statement: { source } }) =>
    source && 'name' in source ? keyOf(source.kind, source.name.value) : undefined,
  );
  const given = project.scriptsWith('grant', 'deny', 'revoke', ...membershipKinds).flatMap(rightsIn);
  const rights = grouped(
    given.map((one, order) => ({ ...one, order })),
    ({ to }) => to.toLowerCase(),
  );
  const memberships = grouped(project.scriptsWith(...membershipKinds).flatMap(membershipsIn), ({ member }) =>
    member.toLowerCase(),
  );
  const rightsOf = (login: string): readonly Right[] => {
    const roles = memberships.get(login.toLowerCase()) ?? [];
    const names = new Set([login, ...roles.map(({ role }) => role)].map((name) => name.toLowerCase()));
    const found = [...names].flatMap((name) => rights.get(name) ?? []);
    return found.sort((a, b) => a.order - b.order).map(({ right }) => right);
  };
  return project.scriptsWith('createAsymmetricKey', 'createCertificate').flatMap((file) =>
    statementsOf(file.script, 'createAsymmetricKey', 'createCertificate').map((statement): Signer => {
      const source = statement.kind === 'createCertificate' ? 'certificate' : 'asymmetricKey';
      const own = loginsBySource.get(keyOf(source, statement.name.value)) ?? [];
      return {
        kind: statement.kind === 'createCertificate' ? 'certificate' : 'asymmetric key',
        file,
        statement,
        logins: own.map((login) => ({
          ...login,
          rights: rightsOf(login.statement.name.value),
        })),
      };
    }),
  );
}

function keyOf(kind: string, name: string): string {
  return `${kind} ${name.toLowerCase()}`;
}

interface Given {
  /** The login's name. */
  readonly to: string;
  readonly right: Right;
}

/** What a script gives and does not take back further down. */
function rightsIn(file: ScriptFile): readonly Given[] {
  const given = new Set<Given>();
  const standing = new Map<string, Given[]>();
  for (const statement of statementsOf(file.script, 'grant', 'deny', 'revoke')) {
    if (statement.securable) continue;
    for (const permission of statement.permissions) {
      const { span } = permission;
      const name = signerPermissions.find((one) => one === permission.name);
      if (!name) continue;
      for (const { value } of statement.principals) {
        const key = keyOf(name, value);
        if (statement.kind === 'grant') {
          const one = { to: value, right: { name, file, span, statement } };
          given.add(one);
          const others = standing.get(key);
          if (others) others.push(one);
          else standing.set(key, [one]);
        } else {
          for (const one of standing.get(key) ?? []) given.delete(one);
          standing.delete(key);
        }
      }
    }
  }
  for (const { role, member, statement } of membershipsIn(file)) {
    if (role.toLowerCase() !== 'sysadmin') continue;
    given.add({ to: member, right: { name: 'sysadmin', file, span: statement.span, statement } });
  }
  return [...given];
}

interface Membership {
  readonly role: string;
  readonly member: string;
  readonly statement: Statement;
}

export const membershipKinds = ['alterServerRole', 'alterRole', 'execute'] as const;

/** Who is put into which role, of the server or of a database. */
export function membershipsIn({ script }: ScriptFile): readonly Membership[] {
  return statementsOf(script, ...membershipKinds).flatMap((statement): readonly Membership[] => {
    if (!('arguments' in statement))
      return statement.member?.action === 'add'
        ? [{ role: statement.name.value, member: statement.member.name.value, statement }]
        : [];
    const call =
      argumentsOf(statement, 'sp_addsrvrolemember', ['loginame', 'rolename']) ??
      argumentsOf(statement, 'sp_addrolemember', ['rolename', 'membername']);
    const member = nameIn(script, call?.get('loginame') ?? call?.get('membername'));
    const role = nameIn(script, call?.get('rolename'));
    return member !== undefined && role !== undefined ? [{ role, member, statement }] : [];
  });
}

/** The name that a system procedure is given, quoted or bare. */
function nameIn(script: Script, given: Expression | undefined): string | undefined {
  if (!given) return undefined;
  return textOf(script, given) ?? (given.kind === 'other' ? given.text.replace(/^\[|\]$/g, '') : undefined);
}

export const askable = ['UNSAFE ASSEMBLY', 'EXTERNAL ACCESS ASSEMBLY'] as const;
export type Asked = (typeof askable)[number];

/** The login with the right that SQL Server asks for, if the signer has one. */
export function rightOf(
  { logins }: Signer,
  asked: Asked,
): { readonly login: SignerLogin; readonly right: Right } | undefined {
  for (const login of logins) {
    const right = login.rights.find(({ name }) => name !== 'EXTERNAL ACCESS ASSEMBLY' || asked === name);
    if (right) return { login, right };
  }
  return undefined;
}

export function nameOf({ kind, statement }: Signer): string {
  return `${kind} ${statement.name.value}`;
}
