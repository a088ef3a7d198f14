import { wideningPermissions } from '../knowledge/permissions.js';
import { isFilledIn, sameName } from '../project/names.js';
import { errorsOf, signsAny, type Trust } from '../project/trust.js';
import { hasOpenText } from '../tsql/calls.js';
import { rightOf, type Signer } from '../project/signers.js';
import type { Project, ScriptFile } from '../project/project.js';
import { stepsOf } from '../project/timeline.js';
import type { ProjectRule, ReportFile } from './rule.js';

export const incompleteTrustChain: ProjectRule = {
  name: 'incomplete-trust-chain',
  summary: 'A key or certificate trusts assemblies once it is in master, and a login made from it has UNSAFE ASSEMBLY.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [4621, 10327, 10343, 15151],
  on: 'project',
  check(project, report) {
    for (const file of project.scriptsWith('grant')) checkGrants(file, report);
    for (const signer of project.signers) {
      if (isForAssemblies(signer, project)) checkSigner(signer, report);
    }
    for (const trust of project.trusts) {
      const { cause, deposit, signer, because, verdict, evidence } = trust;
      // Behind the statement that needs it.
      if (cause !== 'chain' || !signer || verdict !== 'refused' || !rightOf(signer, 'EXTERNAL ACCESS ASSEMBLY'))
        continue;
      report(deposit.file.uri, deposit.at, `Assembly ${deposit.name} is not trusted yet: ${because}`, {
        sqlErrors: errorsOf(trust),
        related: evidence,
      });
    }
  },
};

/** Rights of the server are granted in master, and nowhere else. */
function checkGrants(file: ScriptFile, report: ReportFile): void {
  for (const { statement, database } of stepsOf(file, 'grant')) {
    if (statement.securable || database === undefined || isMaster(database)) continue;
    const right = statement.permissions.find(({ name }) => wideningPermissions.includes(name));
    if (right)
      report(file.uri, right.span, `${right.name} is granted in ${database}, and can be in master alone`, {
        severity: 'error',
        sqlErrors: [4621],
      });
  }
}

/** Or may be. */
function isMaster(database: string): boolean {
  return isFilledIn(database) || sameName(database, 'master');
}

/** Keys and certificates sign modules and encrypt, too: those of an assembly or its file with a login, and those that sign one. */
function isForAssemblies(signer: Signer, { trusts }: Project): boolean {
  if ([signer, ...signer.logins].some(({ file }) => hasOpenText(file.script))) return false;
  const from = signer.statement.source?.kind;
  const isOfAssembly = (from === 'assembly' || from === 'executableFile') && signer.logins.length > 0;
  return isOfAssembly || isChainOf(signer, trusts) || signsAny(signer, trusts);
}

function isChainOf(signer: Signer, trusts: readonly Trust[]): boolean {
  return trusts.some((trust) => trust.cause === 'chain' && trust.signer === signer);
}

function checkSigner(signer: Signer, report: ReportFile): void {
  const { file, statement, kind, logins } = signer;
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${statement.name.value}`;
  const database = file.timeline.stepOf(statement)?.database;
  if (database !== undefined && !isMaster(database)) {
    report(
      file.uri,
      statement.name.span,
      `${name} is made in ${database}, and a login can be made only from what is in master`,
      {
        sqlErrors: [15151],
      },
    );
    return;
  }
  const [login] = logins;
  if (!login)
    report(file.uri, statement.name.span, `${name} has no login, without which nothing that it signed is trusted`, {
      sqlErrors: [10327, 10343],
    });
  else if (!rightOf(signer, 'EXTERNAL ACCESS ASSEMBLY'))
    report(
      login.file.uri,
      login.statement.name.span,
      `Login ${login.statement.name.value} of ${kind} ${statement.name.value} has no UNSAFE ASSEMBLY, without which nothing that it signed is trusted`,
      {
        sqlErrors: [10327, 10343],
        related: [{ uri: file.uri, span: statement.name.span, message: `The ${kind}` }],
      },
    );
}
