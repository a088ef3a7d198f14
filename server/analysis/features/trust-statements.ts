// T-SQL that makes SQL Server trust somebody's signature or some bytes. Every batch can be run again, and leaves what is there.
// Source: learn.microsoft.com "CREATE ASSEMBLY (Transact-SQL)", "Create an assembly", "sys.sp_add_trusted_assembly"; read 2026-11.

/** Batches without GO, in order; what takes them back, in its own order. */
export interface Batches {
  readonly make: readonly string[];
  readonly undo: readonly string[];
}

/** A hash that stays. */
export function trustedHash(hash: string, description: string): Batches {
  return {
    make: [addHash(`NOT ${isTrusted(hash)}`, hash, description)],
    undo: [`IF ${isTrusted(hash)}\n    EXEC sys.sp_drop_trusted_assembly ${hash};`],
  };
}

/** The hash of a file on the server, taken when the script runs. */
export function trustedFile(path: string, description: string): Batches {
  const hash = `DECLARE @hash varbinary(64) = (SELECT HASHBYTES('SHA2_512', f.BulkColumn) FROM OPENROWSET(BULK ${text(path)}, SINGLE_BLOB) AS f);`;
  return {
    make: [`${hash}\n${addHash(`NOT ${isTrusted('@hash')}`, '@hash', description)}`],
    undo: [`${hash}\nIF ${isTrusted('@hash')}\n    EXEC sys.sp_drop_trusted_assembly @hash;`],
  };
}

export interface SignerNames {
  readonly kind: 'asymmetric key' | 'certificate';
  readonly name: string;
  readonly login: string;
  /** What its login needs. */
  readonly permission: string;
}

/** The signer from `source` (what stands behind FROM), its login, and the right that login needs. */
export function trustedSigner({ kind, name, login, permission }: SignerNames, source: string): Batches {
  const what = kind.toUpperCase();
  const id = kind === 'certificate' ? `CERT_ID(${text(name)})` : `ASYMKEY_ID(${text(name)})`;
  return {
    make: [
      `IF ${id} IS NULL\n    CREATE ${what} ${quoted(name)} FROM ${source};`,
      `IF SUSER_ID(${text(login)}) IS NULL\n    CREATE LOGIN ${quoted(login)} FROM ${what} ${quoted(name)};`,
      `GRANT ${permission} TO ${quoted(login)};`,
    ],
    undo: [
      `IF SUSER_ID(${text(login)}) IS NOT NULL\n    DROP LOGIN ${quoted(login)};`,
      `IF ${id} IS NOT NULL\n    DROP ${what} ${quoted(name)};`,
    ],
  };
}

export interface Carrier {
  /** Of an assembly that is there only as long as its key is taken from it. */
  readonly name: string;
  readonly permissionSet: string;
  /** `0x…`, the assembly and then what it references. */
  readonly bytes: readonly string[];
  /** `0x…`, of each; none where no hash has to let it in. */
  readonly hashes: readonly string[];
}

/** A key that is taken from the bytes of an assembly, which is let in by its hash for that long. */
export function trustedKeyOf(signer: SignerNames, { name, permissionSet, bytes, hashes }: Carrier): Batches {
  const isMissing = `ASYMKEY_ID(${text(signer.name)}) IS NULL`;
  const briefly = 'until its key is known';
  const { make, undo } = trustedSigner(signer, `ASSEMBLY ${quoted(name)}`);
  return {
    make: [
      ...hashes.map((hash) => addHash(`${isMissing} AND NOT ${isTrusted(hash)}`, hash, briefly)),
      `IF ${isMissing}\n    CREATE ASSEMBLY ${quoted(name)} FROM ${bytes.join(', ')} WITH PERMISSION_SET = ${permissionSet};`,
      ...make,
      `IF EXISTS (SELECT 1 FROM sys.assemblies WHERE name = ${text(name)})\n    DROP ASSEMBLY ${quoted(name)};`,
      ...hashes.map(
        (hash) =>
          `IF EXISTS (SELECT 1 FROM sys.trusted_assemblies WHERE [hash] = ${hash} AND [description] = ${text(briefly)})\n    EXEC sys.sp_drop_trusted_assembly ${hash};`,
      ),
    ],
    undo,
  };
}

function addHash(condition: string, hash: string, description: string): string {
  return `IF ${condition}\n    EXEC sys.sp_add_trusted_assembly ${hash}, ${text(description)};`;
}

function isTrusted(hash: string): string {
  return `EXISTS (SELECT 1 FROM sys.trusted_assemblies WHERE [hash] = ${hash})`;
}

export function text(value: string): string {
  return `N'${value.replaceAll("'", "''")}'`;
}

export function quoted(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}
