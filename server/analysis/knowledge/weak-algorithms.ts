// Ciphers, hashes and key derivations that are broken or weak, by type and by the names that CryptoConfig knows.
// Sources: .NET Framework 4.8 API reference ("CryptoConfig Class": names); CA5350, CA5351, CA5358, CA5373, CA5385 of the .NET code quality
// rules; NIST SP 800-131A (TripleDES disallowed after 2023, SHA-1 for signatures); read 2026-11.

export interface WeakAlgorithm {
  readonly kind: 'cipher' | 'hash' | 'key derivation';
  readonly how: 'broken' | 'weak';
  readonly name: string;
}

type Row = readonly [WeakAlgorithm, types: readonly string[], names: readonly string[]];

const rows: readonly Row[] = [
  [{ kind: 'cipher', how: 'broken', name: 'DES' }, ['DES', 'DESCryptoServiceProvider'], ['DES']],
  [{ kind: 'cipher', how: 'broken', name: 'RC2' }, ['RC2', 'RC2CryptoServiceProvider'], ['RC2']],
  [
    { kind: 'cipher', how: 'weak', name: 'TripleDES' },
    ['TripleDES', 'TripleDESCng', 'TripleDESCryptoServiceProvider'],
    ['3DES', 'Triple DES', 'TripleDES'],
  ],
  [{ kind: 'hash', how: 'broken', name: 'HMACMD5' }, ['HMACMD5'], ['HMACMD5']],
  [{ kind: 'hash', how: 'broken', name: 'MD5' }, ['MD5', 'MD5Cng', 'MD5CryptoServiceProvider'], ['MD5']],
  [
    { kind: 'hash', how: 'weak', name: 'RIPEMD160' },
    ['HMACRIPEMD160', 'RIPEMD160', 'RIPEMD160Managed'],
    ['HMACRIPEMD160', 'RIPEMD-160', 'RIPEMD160'],
  ],
  [
    { kind: 'hash', how: 'broken', name: 'SHA1' },
    ['SHA1', 'SHA1Cng', 'SHA1CryptoServiceProvider', 'SHA1Managed'],
    ['SHA', 'SHA-1', 'SHA1'],
  ],
  [{ kind: 'key derivation', how: 'weak', name: 'PasswordDeriveBytes' }, ['PasswordDeriveBytes'], []],
];

const prefix = 'System.Security.Cryptography.';
/** By their types. */
export const weakTypes: ReadonlyMap<string, WeakAlgorithm> = new Map(
  rows.flatMap(([algorithm, types]) => types.map((type) => [prefix + type, algorithm] as const)),
);
const byName = new Map(
  rows.flatMap(([algorithm, types, names]) =>
    [...names, ...types.map((type) => prefix + type)].map((name) => [name.toLowerCase(), algorithm] as const),
  ),
);

export function findWeakName(name: string): WeakAlgorithm | undefined {
  return byName.get(name.toLowerCase());
}

/** Members that make an algorithm of its name, the first argument. */
export const makersByName: ReadonlySet<string> = new Set([
  'System.Security.Cryptography.CryptoConfig::CreateFromName',
  'System.Security.Cryptography.HMAC::Create',
  'System.Security.Cryptography.HashAlgorithm::Create',
  'System.Security.Cryptography.KeyedHashAlgorithm::Create',
  'System.Security.Cryptography.SymmetricAlgorithm::Create',
]);

/** CipherMode.ECB. */
export const electronicCodebook = 2;
export const cipherMode = 'System.Security.Cryptography.CipherMode';

/** Members whose first argument, a number, is the size of an RSA key. */
export const rsaKeyMakers: ReadonlySet<string> = new Set([
  'System.Security.Cryptography.RSA::Create',
  'System.Security.Cryptography.RSACng::.ctor',
  'System.Security.Cryptography.RSACryptoServiceProvider::.ctor',
]);
export const smallestRsaKey = 2048;
