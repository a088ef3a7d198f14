// Hashes that scripts trust and drop again, and which of them are meant for an assembly.
// Source: learn.microsoft.com "sys.sp_add_trusted_assembly", "sys.sp_drop_trusted_assembly"; read 2026-11.
import { describedName, trustedHashesIn, type TrustedHash } from './configuration.js';
import type { Deposit } from './deposits.js';
import { folderOf } from './find-assembly.js';
import { grouped } from './grouped.js';
import type { Project, ScriptFile } from './project.js';
import { isAhead } from './run-order.js';

export interface Hash {
  readonly file: ScriptFile;
  readonly hash: TrustedHash;
}

export type HashesFor = (deposit: Deposit) => {
  /** Trusted before the bytes are handed over, as far as anyone can tell. */
  readonly inTime: Hash | undefined;
  /** Trusted behind that, in the same script or package. */
  readonly late: readonly Hash[];
  /** Where it is dropped behind that, in the same script or package. */
  readonly end: Hash | undefined;
  /** Made at run time, in scripts beside it: that of anything. */
  readonly open: readonly Hash[];
};

export function hashesIn(files: readonly ScriptFile[]): HashesFor {
  const all = files.flatMap((file) => trustedHashesIn(file.script).map((hash): Hash => ({ file, hash })));
  const isAdded = ({ hash }: Hash): boolean => hash.action === 'add';
  const added = all.filter(isAdded);
  const byDigits = grouped(added, ({ hash }) => hash.digits);
  const byName = grouped(added, ({ hash }) => hash.description && describedName(hash.description).toLowerCase());
  const byFolder = grouped(added, ({ file, hash }) => (hash.digits === undefined ? folderOf(file.uri) : undefined));
  const dropped = grouped(
    all.filter((one) => !isAdded(one)),
    ({ hash }) => hash.digits,
  );
  return (deposit) => {
    const { file, sha512, name, image } = deposit;
    const names = new Set([name, image?.code.identity.name ?? name].map((one) => one.toLowerCase()));
    // Where both are known, digits tell, whatever is said of them.
    const described = [...names]
      .flatMap((one) => byName.get(one) ?? [])
      .filter(({ hash }) => sha512 === undefined || hash.digits === undefined);
    const drops = sha512 === undefined ? [] : (dropped.get(sha512) ?? []);
    const exact = sha512 === undefined ? [] : (byDigits.get(sha512) ?? []);
    const meant = [...exact.filter((one) => one.file === file || !isOver(one, drops)), ...described];
    const inTime = meant.find((one) => !isBehind(one, deposit));
    return {
      inTime,
      late: inTime ? [] : meant,
      end: drops.find((one) => isBehind(one, deposit)),
      open: byFolder.get(folderOf(file.uri)) ?? [],
    };
  };
}

/** By their digits: what a script drops was let in for a while. */
export function droppedHashes(project: Pick<Project, 'scriptsWith'>): ReadonlySet<string | undefined> {
  const hashes = project.scriptsWith('execute').flatMap(({ script }) => trustedHashesIn(script));
  return new Set(hashes.flatMap(({ action, digits }) => (action === 'drop' ? [digits] : [])));
}

/** Its script drops it again: it was for what that script creates. */
function isOver({ file, hash }: Hash, drops: readonly Hash[]): boolean {
  const added = file.timeline.stepOf(hash.statement)?.index;
  return drops.some((drop) => {
    const end = drop.file === file ? file.timeline.stepOf(drop.hash.statement)?.index : undefined;
    return added !== undefined && end !== undefined && end > added;
  });
}

/** In one script or package, and surely behind the statement that hands the bytes over. */
function isBehind({ file, hash }: Hash, deposit: Deposit): boolean {
  const trusted = file.timeline.stepOf(hash.statement);
  const needed = deposit.file.timeline.stepOf(deposit.statement);
  return trusted !== undefined && needed !== undefined && isAhead(needed, trusted);
}
