// The names of the rules in code-rules.ts, for who asks before these are loaded.

export const codeRuleNames: readonly string[] = `
  aggregate-contract application-domain-split assembly-name-mismatch call-context-state command-injection
  connection-string-injection context-connection-misuse credential-in-code data-access-while-impersonating
  default-credentials-sent distributed-transaction dynamic-assembly-load error-detail-leak excessive-permission-set
  executable-memory external-access-under-execute-as external-connection false-determinism fill-row-mismatch
  finalizer host-protected-member impersonation-across-threads impersonation-across-yield
  impersonation-failure-ignored impersonation-in-safe-assembly impersonation-not-undone impersonation-null-identity
  incomparable-type incompatible-upgrade insufficient-permission-set ldap-injection mismatched-row misplaced-type
  missing-data-access missing-references-permission missing-system-data-access mistaken-call mutable-static-field
  native-call output-mismatch parameter-count-mismatch parameter-type-mismatch partially-trusted-caller
  partially-trusted-callers-allowed permission-assert pipe-in-function process-start refused-attribute
  regex-injection regex-without-timeout return-type-mismatch routine-not-public-static runtime-code-generation
  sensitive-system-access serialization-assembly server-shutdown service-account-access sql-injection
  state-across-sessions static-collection swallowed-exception table-shape-mismatch tls-validation-disabled
  trusted-by-hash type-contract type-member-misuse type-name-injection unbalanced-thread-state
  unbalanced-transaction unbound-routine unindexable-routine unneeded-data-access unregistered-dependency
  unresolved-assembly unresolved-class unresolved-method unsafe-deserialization unsupported-library
  untracked-trusted-hash unvalidated-path unvalidated-url unverifiable-code weak-crypto weak-tls xml-external-entity
  xpath-injection
`
  .trim()
  .split(/\s+/);
