// The script that makes SQL Server trust the assemblies of a project, and the one that takes it back. It never makes a database
// TRUSTWORTHY, and never turns strict security off.
import { findFrameworkAssembly, isFrameworkKey } from '../knowledge/framework-assemblies.js';
import { signerCertificateOf } from '../metadata/signed-data.js';
import type { AssemblyImage } from '../metadata/assembly.js';
import { depositsOf, sourceOf, type Deposit } from '../project/deposits.js';
import { hexOf } from '../project/file-reader.js';
import type { Project } from '../project/project.js';
import { strictnessBySettings } from '../project/strict-security.js';
import { trustsOf } from '../project/trust.js';
import { digitsOf, textOf } from '../tsql/constants.js';
import {
  trustedFile,
  trustedHash,
  trustedKeyOf,
  trustedSigner,
  type Batches,
  type SignerNames,
} from './trust-statements.js';

/** `best`: of each assembly the certificate or key that signed it, and its hash where nobody did. */
export type TrustWay = 'best' | SingleWay;
type SingleWay = 'certificate' | 'key' | 'hash';

export interface TrustScript {
  readonly script: string;
  readonly rollback: string;
  /** What is trusted already, by this project's own scripts. */
  readonly trusted: readonly string[];
  /** What it does nothing for, and why; what is to be done first. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

export function trustScriptOf(project: Project, way: TrustWay): TrustScript {
  const { clr, title } = project.target;
  if (!clr) {
    const names = [...new Set(depositsOf(project).map(({ name }) => name))];
    return {
      script: '',
      rollback: '',
      trusted: [],
      left: names.map((name) => ({ name, why: `${title} takes no user assemblies` })),
    };
  }
  const trusted: string[] = [];
  const wanted: Deposit[] = [];
  for (const { deposit, cause } of trustsOf(project, strictnessBySettings(project))) {
    if (cause === 'hash' || cause === 'signature' || cause === 'not asked') trusted.push(deposit.name);
    else if (!wanted.some((other) => isSame(other, deposit))) wanted.push(deposit);
  }
  const parts = wanted.map((deposit) => ({ deposit, ...partOf(way, deposit, wanted, project) }));
  // One key or certificate is enough for all it signed.
  const made = new Map<string, Required<Pick<Part, 'batches' | 'by'>> & Pick<Part, 'since'>>();
  for (const { key, batches, by = 'hash', since } of parts)
    if (batches && !made.has(key)) made.set(key, { batches, by, ...(since !== undefined && { since }) });
  const named = (key: string): string =>
    parts.flatMap((part) => (part.key === key && part.batches ? [part.deposit.name] : [])).join(', ');
  return {
    script: written(
      [...made].map(([key, { batches, by, since }]) => ({
        title: `${titleOf(by)} ${named(key)}${since === undefined ? '' : `: ${since}`}`,
        batches: batches.make,
      })),
    ),
    rollback: written(
      [...made]
        .reverse()
        .map(([key, { batches }]) => ({ title: `No longer trusts ${named(key)}`, batches: batches.undo })),
    ),
    trusted: [...new Set(trusted)].filter((name) => wanted.every((deposit) => deposit.name !== name)),
    left: parts.flatMap(({ deposit, why }) => (why === undefined ? [] : [{ name: deposit.name, why }])),
  };
}

/** The same bytes, or what is not known of the same name and place. */
function isSame(a: Deposit, b: Deposit): boolean {
  if (a.sha512 !== undefined || b.sha512 !== undefined) return a.sha512 === b.sha512;
  return a.name === b.name && pathOf(a) === pathOf(b);
}

/** What is done for one deposit; deposits of one key share it. */
interface Part {
  readonly key: string;
  readonly batches?: Batches;
  readonly why?: string;
  readonly by?: SingleWay;
  /** Whoever runs it says where the file is. */
  readonly asksForFile?: boolean;
  /** Why nothing better is done for it. */
  readonly since?: string;
}

function partOf(way: TrustWay, deposit: Deposit, all: readonly Deposit[], project: Project): Part {
  const { target } = project;
  if (!deposit.image && !target.fromFile && pathOf(deposit) !== undefined)
    return left(deposit, `${target.title} reads no file: give the bytes, FROM 0x…`);
  return way === 'best' ? byWhatThereIs(deposit, all, project) : bySingle(way, deposit, all, project);
}

/**
 * Whoever signed it before the very bytes, which are others with each build; but not whoever signs half the world. Of a file nobody
 * here knows whether it is signed.
 */
function byWhatThereIs(deposit: Deposit, all: readonly Deposit[], project: Project): Part {
  if (isOfFramework(deposit) && project.target.strictSecurity)
    return { ...bySingle('hash', deposit, all, project), since: 'whoever signed it is Microsoft, and signs much else' };
  const ways: readonly SingleWay[] = deposit.image ? ['certificate', 'key', 'hash'] : ['hash', 'key'];
  const parts = ways.map((way) => bySingle(way, deposit, all, project));
  const found =
    parts.find(({ batches, asksForFile }) => batches && !asksForFile) ?? parts.find(({ batches }) => batches);
  const unsigned = deposit.image && found?.by === 'hash' && parts.find(({ by }) => by === 'key')?.why;
  return found ? { ...found, ...(unsigned && { since: unsigned }) } : left(deposit, whysOf(parts));
}

function isOfFramework({ image }: Deposit): boolean {
  const token = image?.code.identity.publicKeyToken;
  return token !== undefined && isFrameworkKey(token);
}

function whysOf(parts: readonly Part[]): string {
  return [...new Set(parts.flatMap(({ why }) => why ?? []))].join('; ');
}

function bySingle(way: SingleWay, deposit: Deposit, all: readonly Deposit[], project: Project): Part {
  return { ...partBy(way, deposit, all, project), by: way };
}

function partBy(way: SingleWay, deposit: Deposit, all: readonly Deposit[], project: Project): Part {
  switch (way) {
    case 'hash':
      return byHash(deposit, project);
    case 'key':
      return byKey(deposit, all, project);
    case 'certificate':
      return byCertificate(deposit, project);
  }
}

function byHash(deposit: Deposit, { target }: Project): Part {
  const { sha512, image, name } = deposit;
  if (!target.strictSecurity)
    return left(deposit, `${target.title} keeps no list of trusted assemblies: sign it, and use a key or certificate`);
  const description = image ? clrName(image) : name;
  if (sha512 !== undefined) return { key: sha512, batches: trustedHash(`0x${sha512}`, description) };
  const path = pathOf(deposit);
  return path === undefined
    ? left(deposit, 'its bytes are not known here: what it is created from is decided when the script runs')
    : { key: path, batches: trustedFile(path, description) };
}

function byKey(deposit: Deposit, all: readonly Deposit[], project: Project): Part {
  const { image } = deposit;
  const path = pathOf(deposit);
  if (!image) {
    if (path === undefined)
      return left(deposit, 'its bytes are not known here: what it is created from is decided when the script runs');
    const names = namesOf('asymmetric key', deposit.name, project);
    return { key: path, batches: trustedSigner(names, `EXECUTABLE FILE = N'${path.replaceAll("'", "''")}'`) };
  }
  const token = image.code.identity.publicKeyToken;
  if (image.code.strongName !== 'signed' || token === undefined) return left(deposit, howToSign(image));
  // Of a key that signs assemblies the thumbprint is the public key token.
  const names = { ...namesOf('asymmetric key', token, project), thumbprint: `0x${token}` };
  const signed = all.filter(
    (one) => one.image?.code.strongName === 'signed' && one.image.code.identity.publicKeyToken === token,
  );
  const carriers = signed.flatMap((one) => carrierOf(one, all, project) ?? []);
  const [smallest] = carriers.sort((a, b) => a.size - b.size);
  if (smallest) return { key: token, batches: trustedKeyOf(names, { name: `key ${token}`, ...smallest }) };
  const fileOfIt = signed.map(pathOf).find((one) => one !== undefined);
  if (fileOfIt === undefined && !project.target.fromFile)
    return left(deposit, 'what it refers to is not all here, and without that its key cannot be taken from its bytes');
  const file = fileOfIt ?? '$(SignedAssembly)';
  return {
    key: token,
    batches: trustedSigner(names, `EXECUTABLE FILE = N'${file.replaceAll("'", "''")}'`),
    ...(fileOfIt === undefined && { asksForFile: true }),
  };
}

/** The bytes of an assembly and of what it references, if they are all there and may be created in master. */
function carrierOf(
  deposit: Deposit,
  all: readonly Deposit[],
  project: Project,
):
  | {
      readonly size: number;
      readonly permissionSet: string;
      readonly bytes: readonly string[];
      readonly hashes: readonly string[];
    }
  | undefined {
  const found = new Set([deposit]);
  for (const { image } of found) {
    for (const { name } of image?.code.references ?? []) {
      if (findFrameworkAssembly(name)?.supported) continue;
      const referenced = all.find((one) => one.image?.code.identity.name.toLowerCase() === name.toLowerCase());
      if (!referenced) return undefined;
      found.add(referenced);
    }
  }
  const parts = [...found].map((one) => ({ digits: literalOf(one), sha512: one.sha512, image: one.image }));
  const needsMore = parts.some(({ image }) => image && project.requirementsOfImage(image).permissionSet !== 'SAFE');
  // Without strict security nothing but SAFE is let in unsigned.
  if (needsMore && !(project.clrStrictSecurity && project.target.aboveSafe)) return undefined;
  const bytes = parts.flatMap(({ digits }) => (digits === undefined ? [] : [`0x${digits}`]));
  if (bytes.length < parts.length) return undefined;
  return {
    size: bytes.reduce((sum, one) => sum + one.length, 0),
    permissionSet: needsMore ? 'UNSAFE' : 'SAFE',
    bytes,
    hashes: project.clrStrictSecurity
      ? parts.flatMap(({ sha512 }) => (sha512 === undefined ? [] : [`0x${sha512}`]))
      : [],
  };
}

function byCertificate(deposit: Deposit, project: Project): Part {
  const { image, name } = deposit;
  const path = pathOf(deposit);
  if (!image) {
    if (path === undefined)
      return left(deposit, 'its bytes are not known here: what it is created from is decided when the script runs');
    return {
      key: path,
      batches: trustedSigner(
        namesOf('certificate', name, project),
        `EXECUTABLE FILE = N'${path.replaceAll("'", "''")}'`,
      ),
    };
  }
  const certificate = image.authenticode && signerCertificateOf(image.authenticode);
  if (!certificate)
    return left(deposit, 'it has no Authenticode signature: sign the file with signtool, then turn it into bytes');
  const { certificatesFromFilesOnly, title } = project.target;
  if (certificatesFromFilesOnly)
    return left(deposit, `${title} makes certificates from files only: CREATE CERTIFICATE FROM EXECUTABLE FILE`);
  const digits = hexOf(certificate);
  const names = { ...namesOf('certificate', name, project), thumbprint: `HASHBYTES('SHA1', 0x${digits})` };
  return { key: digits, batches: trustedSigner(names, `BINARY = 0x${digits}`) };
}

function namesOf(kind: SignerNames['kind'], of: string, project: Project): SignerNames {
  const name = `SQLCLR ${of}`;
  const isEnough =
    !project.clrStrictSecurity && project.trusts.every(({ deposit }) => deposit.permissionSet !== 'UNSAFE');
  const permission = isEnough ? 'EXTERNAL ACCESS ASSEMBLY' : 'UNSAFE ASSEMBLY';
  return { kind, name, login: `${name} login`, permission };
}

function howToSign({ code }: AssemblyImage): string {
  const what = code.strongName === 'unsigned' ? 'it has no strong name' : `it is only ${code.strongName}`;
  return `${what}: sign it where it is built (SignAssembly and AssemblyOriginatorKeyFile in the project, /keyfile of the compiler), or trust its hash`;
}

function left({ name }: Deposit, why: string): Part {
  return { key: name, why };
}

/** As sys.assemblies has it in clr_name. */
function clrName({ code: { identity } }: AssemblyImage): string {
  const { name, version, culture, publicKeyToken } = identity;
  return `${name.toLowerCase()}, version=${version}, culture=${culture === '' ? 'neutral' : culture.toLowerCase()}, publickeytoken=${publicKeyToken ?? 'null'}, processorarchitecture=msil`;
}

/** FROM 'path'. */
function pathOf(deposit: Deposit): string | undefined {
  const from = sourceOf(deposit);
  return from && textOf(deposit.handedBy.file.script, from);
}

/** Of a literal in a script, clean. */
function literalOf({ handedBy: { file, statement }, sha512 }: Deposit): string | undefined {
  const literal = file.literals.find((one) => one.statement === statement && one.sha512 === sha512);
  const from = statement.kind === 'createAssembly' ? statement.from[literal?.index ?? 0] : statement.from;
  const digits = from && digitsOf(file.script, from);
  if (!literal || digits === undefined) return undefined;
  return literal.oddDigits ? `0${digits}` : digits;
}

function titleOf(way: SingleWay): string {
  return way === 'hash' ? 'Trusts the very bytes of' : 'Trusts whoever signed';
}

function written(parts: readonly { readonly title: string; readonly batches: readonly string[] }[]): string {
  if (parts.length === 0) return '';
  const batches = parts.flatMap(({ title, batches }) =>
    batches.map((batch, index) => (index === 0 ? `-- ${title.replace(/[\r\n]+/g, ' ')}\n${batch}` : batch)),
  );
  return ['USE master;', ...batches].map((batch) => `${batch}\nGO\n`).join('');
}

const head = '-- Run by a sysadmin, before the assemblies are created. Run again, it leaves what is there.\n';
// Sqlcmd looks for variables in comments, too.
const withVariables = '-- Run by sqlcmd, or in SQLCMD mode: it has variables that are to be set.\n';

/** Both as one file; empty where there is nothing to run. */
export function trustText({ script, rollback }: TrustScript): string {
  if (script === '') return '';
  return `${head}${script.includes('$(') ? withVariables : ''}${script}\n${commented(rollback)}`;
}

/** A comment that nothing within ends. */
function commented(rollback: string): string {
  const lines = rollback.split('\n').map((line) => (line === '' ? '' : `-- ${line}`));
  return `-- To take it back, run without the dashes:\n${lines.join('\n')}`;
}
