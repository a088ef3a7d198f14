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

/** The hash of a file on the server, taken when the script runs. By then it may be another file: what is taken back goes by what is said of it. */
export function trustedFile(path: string, description: string): Batches {
  const hash = `DECLARE @hash varbinary(64) = (SELECT HASHBYTES('SHA2_512', f.BulkColumn) FROM OPENROWSET(BULK ${text(path)}, SINGLE_BLOB) AS f);`;
  const said = `${description}, ${path}`;
  const next = `(SELECT TOP (1) [hash] FROM sys.trusted_assemblies WHERE [description] = ${text(said)})`;
  return {
    make: [`${hash}\n${addHash(`NOT ${isTrusted('@hash')}`, '@hash', said)}`],
    undo: [
      `DECLARE @hash varbinary(64) = ${next};\nWHILE @hash IS NOT NULL\nBEGIN\n    EXEC sys.sp_drop_trusted_assembly @hash;\n    SET @hash = ${next};\nEND;`,
    ],
  };
}

export interface SignerNames {
  readonly kind: 'asymmetric key' | 'certificate';
  readonly name: string;
  readonly login: string;
  /** What its login needs. */
  readonly permission: string;
  /** An expression: what `thumbprint` is of the same key or certificate under whatever name, where that is known. */
  readonly thumbprint?: string;
}

/** The signer from `source` (what stands behind FROM), its login, and the right that login needs. */
export function trustedSigner(signer: SignerNames, source: string): Batches {
  const { kind, name, login, permission, thumbprint } = signer;
  const what = kind.toUpperCase();
  const id = kind === 'certificate' ? `CERT_ID(${text(name)})` : `ASYMKEY_ID(${text(name)})`;
  const other = `EXISTS (SELECT 1 FROM ${catalogOf(kind)} WHERE thumbprint = ${thumbprint} AND name <> ${text(name)})`;
  const elsewhere = `The ${kind} is in master under another name: let its login have ${permission}.`;
  return {
    make: [
      `IF ${isMissing(signer)}\n    CREATE ${what} ${quoted(name)} FROM ${source};`,
      `IF ${id} IS NOT NULL AND SUSER_ID(${text(login)}) IS NULL\n    CREATE LOGIN ${quoted(login)} FROM ${what} ${quoted(name)};`,
      `IF SUSER_ID(${text(login)}) IS NOT NULL\n    GRANT ${permission} TO ${quoted(login)};`,
      ...(thumbprint === undefined ? [] : [`IF ${other}\n    PRINT ${text(elsewhere)};`]),
    ],
    undo: [
      `IF SUSER_ID(${text(login)}) IS NOT NULL\n    DROP LOGIN ${quoted(login)};`,
      `IF ${id} IS NOT NULL\n    DROP ${what} ${quoted(name)};`,
    ],
  };
}

/** A database holds a key or certificate once, under one name (Msg 15396, Msg 15232). */
function isMissing({ kind, name, thumbprint }: SignerNames): string {
  const same = thumbprint === undefined ? '' : ` OR thumbprint = ${thumbprint}`;
  return `NOT EXISTS (SELECT 1 FROM ${catalogOf(kind)} WHERE name = ${text(name)}${same})`;
}

function catalogOf(kind: SignerNames['kind']): string {
  return kind === 'certificate' ? 'sys.certificates' : 'sys.asymmetric_keys';
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
  const missing = isMissing(signer);
  const isThere = `EXISTS (SELECT 1 FROM sys.assemblies WHERE name = ${text(name)})`;
  const briefly = 'until its key is known';
  const { make, undo } = trustedSigner(signer, `ASSEMBLY ${quoted(name)}`);
  return {
    make: [
      ...hashes.map((hash) => addHash(`${missing} AND NOT ${isTrusted(hash)}`, hash, briefly)),
      `IF ${missing} AND NOT ${isThere}\n    CREATE ASSEMBLY ${quoted(name)} FROM ${bytes.join(', ')} WITH PERMISSION_SET = ${permissionSet};`,
      ...make,
      `IF ${isThere}\n    DROP ASSEMBLY ${quoted(name)};`,
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
