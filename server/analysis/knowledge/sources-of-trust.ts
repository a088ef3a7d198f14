// What keys, certificates, logins and users are made from.
// Source: learn.microsoft.com "CREATE ASYMMETRIC KEY (Transact-SQL)", "CREATE CERTIFICATE (Transact-SQL)",
// "CREATE LOGIN (Transact-SQL)", "CREATE USER (Transact-SQL)"; read 2026-11.

export interface SourceOfTrust {
  /** The words in front of the name of what is made. */
  readonly of: 'ASYMMETRIC KEY' | 'CERTIFICATE' | 'LOGIN' | 'USER';
  /** Behind FROM, or FOR. */
  readonly words: string;
  readonly meaning: string;
}

export const sourcesOfTrust: readonly SourceOfTrust[] = [
  { of: 'ASYMMETRIC KEY', words: 'ASSEMBLY', meaning: 'the public key of a signed assembly that the database has' },
  { of: 'ASYMMETRIC KEY', words: 'EXECUTABLE FILE =', meaning: 'the public key of a signed assembly file' },
  { of: 'ASYMMETRIC KEY', words: 'FILE =', meaning: 'a strong-name file (.snk)' },
  { of: 'ASYMMETRIC KEY', words: 'PROVIDER', meaning: 'a key of an extensible key management provider' },
  { of: 'CERTIFICATE', words: 'ASSEMBLY', meaning: 'the certificate that signed an assembly that the database has' },
  { of: 'CERTIFICATE', words: 'BINARY =', meaning: 'the bytes of a certificate' },
  { of: 'CERTIFICATE', words: 'EXECUTABLE FILE =', meaning: 'the certificate that signed an assembly file' },
  { of: 'CERTIFICATE', words: 'FILE =', meaning: 'a certificate file (.cer)' },
  { of: 'LOGIN', words: 'ASYMMETRIC KEY', meaning: 'nobody logs in: it holds permissions for what the key signed' },
  {
    of: 'LOGIN',
    words: 'CERTIFICATE',
    meaning: 'nobody logs in: it holds permissions for what the certificate signed',
  },
  { of: 'USER', words: 'ASYMMETRIC KEY', meaning: 'holds permissions in the database for what the key signed' },
  { of: 'USER', words: 'CERTIFICATE', meaning: 'holds permissions in the database for what the certificate signed' },
];
