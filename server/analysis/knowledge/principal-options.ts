// Options of CREATE LOGIN and CREATE USER that one made from a certificate or an asymmetric key does not take.
// Source: learn.microsoft.com "CREATE LOGIN (Transact-SQL)", "CREATE USER (Transact-SQL)"; Msg 15171, 15259; read 2026-11.

export interface RefusedPrincipalOption {
  readonly of: 'createLogin' | 'createUser';
  readonly name: string;
  readonly error: number;
}

export const refusedPrincipalOptions: readonly RefusedPrincipalOption[] = [
  { of: 'createLogin', name: 'DEFAULT_DATABASE', error: 15171 },
  { of: 'createLogin', name: 'DEFAULT_LANGUAGE', error: 15171 },
  { of: 'createUser', name: 'DEFAULT_SCHEMA', error: 15259 },
];
