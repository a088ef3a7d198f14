// What SQL Server would say of the bytes that scripts hand it: whether anything trusts them, and if not, what is missing.
// Source: learn.microsoft.com "CREATE ASSEMBLY (Transact-SQL)", "CLR strict security", "sys.sp_add_trusted_assembly"; read 2026-11.
import type { Target } from '../knowledge/targets.js';
import { hasOpenText } from '../tsql/calls.js';
import { constantOf } from '../tsql/constants.js';
import { depositsOf, raisesOf, sourceOf, type Deposit } from './deposits.js';
import type { Evidence } from './evidence.js';
import { areNear } from './find-assembly.js';
import type { Project } from './project.js';
import { isAhead } from './run-order.js';
import { chainsIn, isMadeOf, type Chain } from './signed-by.js';
import { isMakeable, nameOf, rightOf, type Asked, type Signer } from './signers.js';
import { strictnessIn, type Strictness, type StrictnessAt } from './strict-security.js';
import { hashesIn, type Hash, type HashesFor } from './trusted-hashes.js';
import { trustworthinessIn, type TrustworthinessAt } from './trustworthy.js';

/**
 * `not asked`: SAFE without strict security. `hash`, `signature`: the two ways Microsoft recommends. `trustworthy`: nothing but that.
 * `hash too late`: trusted behind the statement that needs it. `no longer`: it is let in, what let it in is taken back behind it, and
 * the assembly is still there. `chain`: who signed it has no login, or the login not the right.
 * `unsigned`: a complete chain is there, and the assembly is not signed. `other signer`: it is signed by someone else.
 * `nothing`: no way is even begun. `not known`: it hangs on what is not in the project.
 */
export type TrustCause =
  | 'not asked'
  | 'hash'
  | 'signature'
  | 'trustworthy'
  | 'hash too late'
  | 'no longer'
  | 'chain'
  | 'unsigned'
  | 'other signer'
  | 'nothing'
  | 'not known';

export interface Trust {
  readonly deposit: Deposit;
  readonly verdict: 'loads' | 'refused' | 'unknown';
  readonly cause: TrustCause;
  /** A clause: `its hash is trusted`. */
  readonly because: string;
  /** Of `refused`, where the permission set does not decide about it or is known. */
  readonly error?: number;
  readonly evidence: readonly Evidence[];
  /** The one that trusts it, may, or was meant to. */
  readonly signer?: Signer;
}

/** Of every deposit of the project, in the order of scripts; behind them what raises one. */
export function trustsOf(project: Project, strictness = strictnessIn(project)): readonly Trust[] {
  if (!project.target.clr) return [];
  const { strictSecurity } = project.target;
  const material: Material = {
    project,
    strictness,
    hashes: hashesIn(strictSecurity ? project.scriptsWith('execute') : []),
    chainsOf: chainsIn(
      project.signers.filter(({ statement }) => isMakeable(statement, project.target)),
      project,
    ),
    trustworthiness: trustworthinessIn(project),
  };
  // Under strict security a wider set asks for nothing that CREATE ASSEMBLY has not asked for.
  const raises = raisesOf(project).filter(({ file, statement }) => strictness(file, statement).is === 'off');
  return [...depositsOf(project), ...raises].map((deposit) => ({ deposit, ...trustOf(deposit, material) }));
}

/** What a finding about it raises. */
export function errorsOf({ error }: Trust): readonly number[] {
  return error === undefined ? [] : [error];
}

/** Whether a signer is, or may be, that of one of the project's assemblies. */
export function signsAny(signer: Signer, trusts: readonly Trust[]): boolean {
  return trusts.some(
    (trust) => trust.signer === signer && (trust.cause === 'signature' || trust.verdict === 'unknown'),
  );
}

interface Material {
  readonly project: Project;
  readonly strictness: StrictnessAt;
  readonly hashes: HashesFor;
  readonly chainsOf: (deposit: Deposit) => readonly Chain[];
  readonly trustworthiness: TrustworthinessAt;
}

type Verdict = Omit<Trust, 'deposit'>;

function trustOf(deposit: Deposit, material: Material): Verdict {
  const { file, statement } = deposit;
  const { target } = material.project;
  if (!target.fromFile && isOfFile(deposit)) return unknown(`${target.title} reads no file`, []);
  const strictness = material.strictness(file, statement);
  if (strictness.is === 'on') return underStrictSecurity(deposit, material);
  const without = withoutStrictSecurity(deposit, material, strictness);
  if (strictness.is === 'off' || without.verdict === 'refused') return without;
  const strict = underStrictSecurity(deposit, material);
  const isPerhaps = strictness.is === 'perhaps off';
  // It loads either way, and may not need what makes it so.
  if (isPerhaps && strict.verdict === 'loads' && strict.cause === 'trustworthy' && without.cause === 'not asked')
    return without;
  if (strict.verdict !== 'refused') return strict;
  if (isPerhaps)
    return unknown(
      "a script turns 'clr strict security' off, and where that has run it is let in",
      strictness.evidence,
    );
  if (isDropped(deposit)) return without;
  const because = "'clr strict security' is off only until it has been created";
  return whenLoaded(strict, 'UNSAFE ASSEMBLY') ?? noLonger(because, strictness.evidence);
}

/** What trusts it by the time that it is loaded, where something else has let it in. */
function whenLoaded({ cause, signer, evidence }: Verdict, asked: Asked): Verdict | undefined {
  if (cause === 'hash too late') return loads('hash', 'its hash is trusted', evidence);
  return cause === 'chain' && signer && rightOf(signer, asked) ? bySigner(signer, asked) : undefined;
}

/** FROM 'path'. */
function isOfFile(deposit: Deposit): boolean {
  const from = sourceOf(deposit);
  return from !== undefined && constantOf(deposit.handedBy.file.script, from)?.kind === 'text';
}

/** The right that whoever signed the assembly needs is that of UNSAFE, whatever is declared. */
function underStrictSecurity(deposit: Deposit, material: Material): Verdict {
  return ifAsked('UNSAFE ASSEMBLY', true, deposit, material);
}

function withoutStrictSecurity(deposit: Deposit, material: Material, { evidence }: Strictness): Verdict {
  switch (deposit.permissionSet) {
    case 'UNSAFE':
      return ifAsked('UNSAFE ASSEMBLY', false, deposit, material);
    case 'EXTERNAL_ACCESS':
      return ifAsked('EXTERNAL ACCESS ASSEMBLY', false, deposit, material);
    case 'SAFE':
      return loads('not asked', "a SAFE assembly asks for no trust without 'clr strict security'", evidence);
    default:
      return unknown('its permission set is not known', []);
  }
}

function ifAsked(asked: Asked, isStrict: boolean, deposit: Deposit, material: Material): Verdict {
  const own = refusalOf(deposit, isStrict);
  const hashed = byHash(deposit, material.hashes, own);
  if (hashed?.verdict === 'loads') return hashed;
  const chains = material.chainsOf(deposit);
  const complete = chains.filter(({ signer }) => rightOf(signer, asked));
  const certain = complete.filter(({ cover }) => cover === 'yes');
  const inOrder = certain.find(({ signer }) => !isLate(signer, asked, deposit));
  if (inOrder) return bySigner(inOrder.signer, asked);
  const possible = complete.find(({ cover }) => cover === 'maybe');
  if (possible) {
    const { signer } = possible;
    return { ...unknown(`${nameOf(signer)} may be what it is signed with`, evidenceOf(signer, asked)), signer };
  }
  if (hashed?.verdict === 'unknown') return hashed;
  const trustworthy = byTrustworthy(asked, deposit, material);
  if (trustworthy && trustworthy.cause !== 'no longer') return trustworthy;
  const otherwise = hashed ?? tooLate(certain, asked, own) ?? refused(deposit, chains, own, material.project.target);
  return trustworthy ? (whenLoaded(otherwise, asked) ?? trustworthy) : otherwise;
}

type Refusal = Pick<Trust, 'verdict' | 'error'>;

/** Msg 10343 speaks of the option; Msg 10327 is for UNSAFE, and for all of it without the option. */
function refusalOf({ permissionSet }: Deposit, isStrict: boolean): Refusal {
  const verdict = 'refused';
  if (isStrict && permissionSet === undefined) return { verdict };
  return { verdict, error: isStrict && permissionSet !== 'UNSAFE' ? 10343 : 10327 };
}

function tooLate([late]: readonly Chain[], asked: Asked, own: Refusal): Verdict | undefined {
  if (!late) return undefined;
  const { signer } = late;
  const because = `${nameOf(signer)} can trust it only further down`;
  return { ...own, cause: 'chain', because, evidence: evidenceOf(signer, asked), signer };
}

/** Undefined where no hash is meant for these bytes. */
function byHash(deposit: Deposit, hashes: HashesFor, own: Refusal): Verdict | undefined {
  const { inTime, late, end, open } = hashes(deposit);
  if (inTime) {
    const evidence = [evidenceOfHash(inTime)];
    if (deposit.sha512 === undefined || inTime.hash.digits === undefined)
      return unknown('a trusted hash is described as its own', evidence);
    if (!end || isDropped(deposit)) return loads('hash', 'its hash is trusted', evidence);
    const { uri } = end.file;
    const drop = { uri, span: end.hash.statement.span, message: 'It is no longer trusted from here on' };
    return noLonger('its hash is trusted only until it has been created', [...evidence, drop]);
  }
  if (late.length > 0) {
    const because = 'its hash is trusted only further down';
    return { ...own, cause: 'hash too late', because, evidence: late.map(evidenceOfHash) };
  }
  return open.length > 0 ? unknown('a hash that is made at run time is trusted', open.map(evidenceOfHash)) : undefined;
}

function evidenceOfHash({ file, hash }: Hash): Evidence {
  return { uri: file.uri, span: hash.value.span, message: 'The hash is trusted here' };
}

/** The script that creates it drops it again: it was only to take a key from. */
function isDropped({ file, statement }: Deposit): boolean {
  return file.catalog.objectOf(statement)?.dropped !== undefined;
}

/** In one script or package, the login surely has the right only behind the statement that needs it. */
function isLate(signer: Signer, asked: Asked, { file, statement }: Deposit): boolean {
  const right = rightOf(signer, asked)?.right;
  const given = right?.file.timeline.stepOf(right.statement);
  const needed = file.timeline.stepOf(statement);
  return given !== undefined && needed !== undefined && isAhead(needed, given);
}

function bySigner(signer: Signer, asked: Asked): Verdict {
  const found = rightOf(signer, asked);
  const login = found?.login.statement.name.value ?? '';
  const because = `it is signed with ${nameOf(signer)}, whose login ${login} has ${found?.right.name ?? asked}`;
  return { ...loads('signature', because, evidenceOf(signer, asked)), signer };
}

function evidenceOf(signer: Signer, asked: Asked): readonly Evidence[] {
  const found = rightOf(signer, asked);
  const own = { uri: signer.file.uri, span: signer.statement.name.span, message: `The ${signer.kind}` };
  if (!found) return [own];
  const { login, right } = found;
  return [
    own,
    { uri: login.file.uri, span: login.statement.name.span, message: 'Its login' },
    { uri: right.file.uri, span: right.span, message: `${right.name} for the login` },
  ];
}

function byTrustworthy(asked: Asked, deposit: Deposit, { trustworthiness }: Material): Verdict | undefined {
  const { is, evidence } = trustworthiness(deposit.file, deposit.statement);
  const condition = `as long as the owner has ${asked}`;
  switch (is) {
    case 'off':
      return undefined;
    case 'on':
      return evidence.length === 0
        ? loads('trustworthy', 'msdb is TRUSTWORTHY from the start', evidence)
        : loads('trustworthy', `its database is TRUSTWORTHY, ${condition}`, evidence);
    case 'perhaps':
      return { ...unknown(`its database may be TRUSTWORTHY, ${condition}`, evidence), cause: 'trustworthy' };
    case 'for a while':
      return isDropped(deposit)
        ? loads('trustworthy', `its database is TRUSTWORTHY, ${condition}`, evidence)
        : noLonger('its database is TRUSTWORTHY only until it has been created', evidence);
  }
}

function refused(deposit: Deposit, all: readonly Chain[], own: Refusal, { strictSecurity }: Target): Verdict {
  if (hasOpenText(deposit.file.script)) return unknown('the script runs text that is put together when it runs', []);
  const chains = all.filter(({ signer, cover }) => cover === 'yes' || areNear(signer.file, deposit.file));
  const incomplete = chains.find(({ cover }) => cover === 'yes') ?? chains.find((chain) => isBegun(chain, deposit));
  if (incomplete) {
    const { signer, cover } = incomplete;
    const what = {
      cause: 'chain',
      because: missingOf(signer),
      evidence: evidenceOf(signer, 'UNSAFE ASSEMBLY'),
      signer,
    } as const;
    return cover === 'yes' && deposit.image ? { ...own, ...what } : { verdict: 'unknown', ...what };
  }
  const near = chains.filter(({ signer }) => rightOf(signer, 'EXTERNAL ACCESS ASSEMBLY'));
  const unsigned = near.find(({ cover }) => cover === 'unsigned');
  if (unsigned) {
    const { signer } = unsigned;
    const because = `${nameOf(signer)} is to trust it, and it is not signed`;
    return { ...own, cause: 'unsigned', because, evidence: evidenceOf(signer, 'UNSAFE ASSEMBLY'), signer };
  }
  const other = near.find(({ cover }) => cover === 'other');
  if (other) {
    const { signer } = other;
    const because = `it is signed by another than ${nameOf(signer)}`;
    return { ...own, cause: 'other signer', because, evidence: evidenceOf(signer, 'UNSAFE ASSEMBLY'), signer };
  }
  const orItsHash = strictSecurity ? ', and no script trusts its hash' : '';
  // What is signed, or may be, a key that the server already has can trust.
  if (isBare(deposit)) return { ...own, cause: 'nothing', because: `it is not signed${orItsHash}`, evidence: [] };
  const because = `no script of the project trusts ${strictSecurity ? 'it, by its hash or by who signed it' : 'who signed it'}`;
  return { ...unknown(because, []), cause: 'nothing' };
}

/** Surely not signed. */
export function isBare({ image }: Deposit): boolean {
  return image !== undefined && image.code.strongName !== 'signed' && !image.authenticode;
}

/** Keys have other uses, too: one without a login is meant for the assembly that it is taken from. */
function isBegun({ signer, cover }: Chain, deposit: Deposit): boolean {
  return cover === 'maybe' && (signer.logins.length > 0 || isMadeOf(signer, deposit));
}

function missingOf(signer: Signer): string {
  const [login] = signer.logins;
  if (!login) return `${nameOf(signer)} has no login`;
  return `login ${login.statement.name.value} of ${nameOf(signer)} has not UNSAFE ASSEMBLY`;
}

function noLonger(because: string, evidence: readonly Evidence[]): Verdict {
  return { verdict: 'refused', error: 10314, cause: 'no longer', because, evidence };
}

function loads(cause: TrustCause, because: string, evidence: readonly Evidence[]): Verdict {
  return { verdict: 'loads', cause, because, evidence };
}

function unknown(because: string, evidence: readonly Evidence[]): Verdict {
  return { verdict: 'unknown', cause: 'not known', because, evidence };
}
