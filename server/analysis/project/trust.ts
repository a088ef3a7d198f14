// What SQL Server would say of the bytes that scripts hand it: whether anything trusts them, and if not, what is missing.
// Source: learn.microsoft.com "CREATE ASSEMBLY (Transact-SQL)", "CLR strict security", "sys.sp_add_trusted_assembly"; read 2026-11.
import { placesOfTrue } from '../packages/places-of-true.js';
import type { Span } from '../text/span.js';
import { hasOpenText } from '../tsql/calls.js';
import { statementsOf } from '../tsql/nodes.js';
import { configuredIn, describedName, trustedHashesIn, type TrustedHash } from './configuration.js';
import { depositsOf, type Deposit } from './deposits.js';
import { folderOf } from './find-assembly.js';
import { sameName } from './names.js';
import type { Project, ScriptFile } from './project.js';
import { coverOf, type Cover } from './signed-by.js';
import { nameOf, rightOf, type Asked, type Signer } from './signers.js';

export interface Evidence {
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
}

/**
 * `not asked`: SAFE without strict security. `hash`, `signature`: the two ways Microsoft recommends. `trustworthy`: nothing but that.
 * `hash too late`: trusted behind the statement that needs it. `hash dropped`: behind it, no longer trusted, and the assembly is
 * still there. `chain`: who signed it has no login, or the login not the right.
 * `unsigned`: a complete chain is there, and the assembly is not signed. `other signer`: it is signed by someone else.
 * `nothing`: no way is even begun. `not known`: it hangs on what is not in the project.
 */
export type TrustCause =
  | 'not asked'
  | 'hash'
  | 'signature'
  | 'trustworthy'
  | 'hash too late'
  | 'hash dropped'
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
  /** Of `refused`. */
  readonly error?: number;
  readonly evidence: readonly Evidence[];
  /** The one that trusts it, may, or was meant to. */
  readonly signer?: Signer;
}

/** Of every deposit of the project, in the order of scripts. */
export function trustsOf(project: Project, strict = isStrict(project)): readonly Trust[] {
  if (!project.target.clr) return [];
  const material: Material = {
    project,
    isStrict: strict,
    hashes: project
      .scriptsWith('execute')
      .flatMap((file) => trustedHashesIn(file.script).map((hash) => ({ file, hash }))),
    signers: project.signers,
    trustworthy: project.scriptsWith('alterDatabaseSet', 'createDatabase').flatMap(trustworthyIn),
  };
  return depositsOf(project).map((deposit) => ({ deposit, ...trustOf(deposit, material) }));
}

/** Whether a signer is, or may be, that of one of the project's assemblies. */
export function signsAny(signer: Signer, trusts: readonly Trust[]): boolean {
  return trusts.some(
    (trust) => trust.signer === signer && (trust.cause === 'signature' || trust.verdict === 'unknown'),
  );
}

interface Material {
  readonly project: Project;
  readonly isStrict: boolean;
  readonly hashes: readonly Hash[];
  readonly signers: readonly Signer[];
  readonly trustworthy: readonly Trustworthy[];
}

/** Where a database is made TRUSTWORTHY. */
interface Trustworthy {
  readonly file: ScriptFile;
  readonly database: string | undefined;
  readonly span: Span;
}

interface Hash {
  readonly file: ScriptFile;
  readonly hash: TrustedHash;
}

type Verdict = Omit<Trust, 'deposit'>;

/** Of the settings, where no script turns it off. */
export function isStrict({ clrStrictSecurity, scriptsWith }: Project): boolean {
  return (
    clrStrictSecurity &&
    !scriptsWith('execute').some(({ script }) =>
      configuredIn(script).some(({ option, number }) => option === 'clr strict security' && number === 0),
    )
  );
}

function trustOf(deposit: Deposit, material: Material): Verdict {
  const asked = askedOf(deposit, material);
  if (asked === 'nothing')
    return loads('not asked', "a SAFE assembly asks for no trust without 'clr strict security'", []);
  const hashed = byHash(deposit, material);
  if (hashed?.verdict === 'loads') return hashed;
  const chains = material.signers.map((signer) => ({ signer, cover: coverOf(signer, deposit, material.project) }));
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
  const trustworthy = byTrustworthy(deposit, material);
  if (trustworthy) return trustworthy;
  if (hashed) return hashed;
  const [late] = certain;
  if (late) {
    const because = `${nameOf(late.signer)} can trust it only further down`;
    const evidence = evidenceOf(late.signer, asked);
    return { ...refusal(deposit), cause: 'chain', because, evidence, signer: late.signer };
  }
  return refused(deposit, chains);
}

/** The right that whoever signed the assembly needs; under strict security that of UNSAFE, whatever is declared. */
function askedOf({ permissionSet }: Deposit, { isStrict }: Material): Asked | 'nothing' {
  if (isStrict || permissionSet === 'UNSAFE') return 'UNSAFE ASSEMBLY';
  return permissionSet === 'EXTERNAL_ACCESS' ? 'EXTERNAL ACCESS ASSEMBLY' : 'nothing';
}

/** Undefined where no hash is meant for these bytes. */
function byHash(deposit: Deposit, { hashes }: Material): Verdict | undefined {
  const added = hashes.filter(({ hash }) => hash.action === 'add');
  const meant = added.filter(({ hash }) =>
    hash.digits !== undefined && deposit.sha512 !== undefined
      ? hash.digits === deposit.sha512
      : hash.description !== undefined && namesIt(hash.description, deposit),
  );
  const inTime = meant.find((one) => !isBehind(one, deposit));
  if (inTime) {
    const evidence = evidenceOfHashes([inTime]);
    if (deposit.sha512 === undefined || inTime.hash.digits === undefined)
      return unknown('a trusted hash is described as its own', evidence);
    const dropped = hashes.find(
      (one) => one.hash.action === 'drop' && one.hash.digits === deposit.sha512 && isBehind(one, deposit),
    );
    if (!dropped || isDropped(deposit)) return loads('hash', 'its hash is trusted', evidence);
    const because = 'its hash is trusted only until it has been created';
    const drop = {
      uri: dropped.file.uri,
      span: dropped.hash.statement.span,
      message: 'It is no longer trusted from here on',
    };
    return { verdict: 'refused', error: 10314, cause: 'hash dropped', because, evidence: [...evidence, drop] };
  }
  const late = evidenceOfHashes(meant);
  if (late.length > 0)
    return {
      ...refusal(deposit),
      cause: 'hash too late',
      because: 'its hash is trusted only further down',
      evidence: late,
    };
  // A hash that is made at run time can be that of anything.
  const open = added.filter(({ file, hash }) => hash.digits === undefined && areNear(file, deposit.file));
  return open.length > 0 ? unknown('a hash that is made at run time is trusted', evidenceOfHashes(open)) : undefined;
}

function namesIt(description: string, { name, image }: Deposit): boolean {
  const named = describedName(description);
  return sameName(named, name) || (image !== undefined && sameName(named, image.code.identity.name));
}

/** The script that creates it drops it again: it was only to take a key from. */
function isDropped({ file, statement }: Deposit): boolean {
  return file.catalog.objectOf(statement)?.dropped !== undefined;
}

/** In one script, and surely behind the statement that hands the bytes over. */
function isBehind({ file, hash }: Hash, deposit: Deposit): boolean {
  if (file !== deposit.file) return false;
  const [trusted, needed] = [hash.statement, deposit.statement].map((one) => file.timeline.stepOf(one));
  return trusted !== undefined && needed !== undefined && trusted.index > needed.index;
}

function evidenceOfHashes(hashes: readonly Hash[]): readonly Evidence[] {
  return hashes.map(({ file, hash }) => ({
    uri: file.uri,
    span: hash.value.span,
    message: 'The hash is trusted here',
  }));
}

/** In one script, the login surely has the right only behind the statement that needs it. */
function isLate(signer: Signer, asked: Asked, { file, statement }: Deposit): boolean {
  const right = rightOf(signer, asked)?.right;
  if (right?.file !== file) return false;
  const [given, needed] = [right.statement, statement].map((one) => file.timeline.stepOf(one));
  return given !== undefined && needed !== undefined && given.index > needed.index;
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

function trustworthyIn(file: ScriptFile): readonly Trustworthy[] {
  return statementsOf(file.script, 'alterDatabaseSet', 'createDatabase').flatMap(({ database, options }) => {
    const option = options.find(({ name, value }) => name === 'TRUSTWORTHY' && value === 'ON');
    return option ? [{ file, database: database?.value, span: option.span }] : [];
  });
}

function byTrustworthy(deposit: Deposit, { trustworthy, project }: Material): Verdict | undefined {
  const database = deposit.file.timeline.stepOf(deposit.statement)?.database;
  const near = trustworthy.find((one) => areNear(one.file, deposit.file) && canBeOne(one.database, database));
  if (near) return onlyTrustworthy([{ uri: near.file.uri, span: near.span, message: 'TRUSTWORTHY is turned on here' }]);
  for (const file of project.projectFiles) {
    const [place] = placesOfTrue(file, 'Trustworthy');
    if (place && deposit.file.uri.startsWith(folderOf(file.uri)))
      return onlyTrustworthy([{ uri: place.uri, span: place.span, message: 'TRUSTWORTHY is turned on here' }]);
  }
  return undefined;
}

function onlyTrustworthy(evidence: readonly Evidence[]): Verdict {
  return loads('trustworthy', 'its database is TRUSTWORTHY, as long as the owner has UNSAFE ASSEMBLY', evidence);
}

/** Two names of databases, one of them not said or given at run time, can be one. */
function canBeOne(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a.includes('$(') || b.includes('$(') || sameName(a, b);
}

interface Chain {
  readonly signer: Signer;
  readonly cover: Cover;
}

/** Scripts of one folder are one deployment, as far as anyone can tell. */
function areNear(a: ScriptFile, b: ScriptFile): boolean {
  return folderOf(a.uri) === folderOf(b.uri);
}

function refused(deposit: Deposit, all: readonly Chain[]): Verdict {
  if (hasOpenText(deposit.file.script)) return unknown('the script runs text that is put together when it runs', []);
  const own = refusal(deposit);
  const chains = all.filter(({ signer, cover }) => cover === 'yes' || areNear(signer.file, deposit.file));
  const incomplete = chains.find(({ cover }) => cover === 'yes') ?? chains.find(({ cover }) => cover === 'maybe');
  if (incomplete) {
    const { signer, cover } = incomplete;
    const what = {
      cause: 'chain',
      because: missingOf(signer),
      evidence: evidenceOf(signer, 'UNSAFE ASSEMBLY'),
      signer,
    } as const;
    return cover === 'yes' ? { ...own, ...what } : { verdict: 'unknown', ...what };
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
  // What is signed, or may be, a key that the server already has can trust.
  const { image } = deposit;
  const isBare = image !== undefined && image.code.strongName !== 'signed' && !image.authenticode;
  if (isBare)
    return { ...own, cause: 'nothing', because: 'it is not signed, and no script trusts its hash', evidence: [] };
  const because = 'no script of the project trusts it, by its hash or by who signed it';
  return { ...unknown(because, []), cause: 'nothing' };
}

function missingOf(signer: Signer): string {
  const [login] = signer.logins;
  if (!login) return `${nameOf(signer)} has no login`;
  return `login ${login.statement.name.value} of ${nameOf(signer)} has not UNSAFE ASSEMBLY`;
}

function refusal({ permissionSet }: Deposit): Pick<Trust, 'verdict'> & { readonly error: number } {
  return { verdict: 'refused', error: permissionSet === 'UNSAFE' ? 10327 : 10343 };
}

function loads(cause: TrustCause, because: string, evidence: readonly Evidence[]): Verdict {
  return { verdict: 'loads', cause, because, evidence };
}

function unknown(because: string, evidence: readonly Evidence[]): Verdict {
  return { verdict: 'unknown', cause: 'not known', because, evidence };
}
