// Digests that are taken for one another, by their length.
// Source: FIPS 180-4 "Secure Hash Standard", RFC 1321; names as HASHBYTES (Transact-SQL) has them where it has them; read 2026-11.

export interface Digest {
  readonly name: string;
  /** In bytes. */
  readonly length: number;
}

/** What sys.sp_add_trusted_assembly compares. */
export const trustedDigest: Digest = { name: 'SHA2_512', length: 64 };

const digests: readonly Digest[] = [
  { name: 'MD5', length: 16 },
  { name: 'SHA1', length: 20 },
  { name: 'SHA2_256', length: 32 },
  { name: 'SHA-384', length: 48 },
];

export function findDigest(length: number): Digest | undefined {
  return digests.find((digest) => digest.length === length);
}
