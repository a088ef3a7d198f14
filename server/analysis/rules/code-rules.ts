// Rules that have nothing to say where there is no code and nothing is bound to any, in alphabetical order: they are loaded with
// what reads it.
import { aggregateContract } from './aggregate-contract.js';
import { applicationDomainSplit } from './application-domain-split.js';
import { assemblyNameMismatch } from './assembly-name-mismatch.js';
import { callContextState } from './call-context-state.js';
import { commandInjection } from './command-injection.js';
import { connectionStringInjection } from './connection-string-injection.js';
import { contextConnectionMisuse } from './context-connection-misuse.js';
import { credentialInCode } from './credential-in-code.js';
import { dataAccessWhileImpersonating } from './data-access-while-impersonating.js';
import { defaultCredentialsSent } from './default-credentials-sent.js';
import { distributedTransaction } from './distributed-transaction.js';
import { dynamicAssemblyLoad } from './dynamic-assembly-load.js';
import { errorDetailLeak } from './error-detail-leak.js';
import { excessivePermissionSet } from './excessive-permission-set.js';
import { executableMemory } from './executable-memory.js';
import { externalAccessUnderExecuteAs } from './external-access-under-execute-as.js';
import { externalConnection } from './external-connection.js';
import { falseDeterminism } from './false-determinism.js';
import { fillRowMismatch } from './fill-row-mismatch.js';
import { finalizer } from './finalizer.js';
import { hostProtectedMember } from './host-protected-member.js';
import { impersonationAcrossThreads } from './impersonation-across-threads.js';
import { impersonationAcrossYield } from './impersonation-across-yield.js';
import { impersonationFailureIgnored } from './impersonation-failure-ignored.js';
import { impersonationInSafeAssembly } from './impersonation-in-safe-assembly.js';
import { impersonationNotUndone } from './impersonation-not-undone.js';
import { impersonationNullIdentity } from './impersonation-null-identity.js';
import { incomparableType } from './incomparable-type.js';
import { incompatibleUpgrade } from './incompatible-upgrade.js';
import { insufficientPermissionSet } from './insufficient-permission-set.js';
import { ldapInjection } from './ldap-injection.js';
import { mismatchedRow } from './mismatched-row.js';
import { misplacedType } from './misplaced-type.js';
import { missingDataAccess } from './missing-data-access.js';
import { missingReferencesPermission } from './missing-references-permission.js';
import { missingSystemDataAccess } from './missing-system-data-access.js';
import { mistakenCall } from './mistaken-call.js';
import { mutableStaticField } from './mutable-static-field.js';
import { nativeCall } from './native-call.js';
import { outputMismatch } from './output-mismatch.js';
import { parameterCountMismatch } from './parameter-count-mismatch.js';
import { parameterTypeMismatch } from './parameter-type-mismatch.js';
import { partiallyTrustedCaller } from './partially-trusted-caller.js';
import { partiallyTrustedCallersAllowed } from './partially-trusted-callers-allowed.js';
import { permissionAssert } from './permission-assert.js';
import { pipeInFunction } from './pipe-in-function.js';
import { processStart } from './process-start.js';
import { refusedAttribute } from './refused-attribute.js';
import { regexInjection } from './regex-injection.js';
import { regexWithoutTimeout } from './regex-without-timeout.js';
import { returnTypeMismatch } from './return-type-mismatch.js';
import { routineNotPublicStatic } from './routine-not-public-static.js';
import { runtimeCodeGeneration } from './runtime-code-generation.js';
import { sensitiveSystemAccess } from './sensitive-system-access.js';
import { serializationAssembly } from './serialization-assembly.js';
import { serverShutdown } from './server-shutdown.js';
import { serviceAccountAccess } from './service-account-access.js';
import { sqlInjection } from './sql-injection.js';
import { stateAcrossSessions } from './state-across-sessions.js';
import { staticCollection } from './static-collection.js';
import { swallowedException } from './swallowed-exception.js';
import { tableShapeMismatch } from './table-shape-mismatch.js';
import { tlsValidationDisabled } from './tls-validation-disabled.js';
import { trustedByHash } from './trusted-by-hash.js';
import { typeContract } from './type-contract.js';
import { typeMemberMisuse } from './type-member-misuse.js';
import { typeNameInjection } from './type-name-injection.js';
import { unbalancedThreadState } from './unbalanced-thread-state.js';
import { unbalancedTransaction } from './unbalanced-transaction.js';
import { unboundRoutine } from './unbound-routine.js';
import { unindexableRoutine } from './unindexable-routine.js';
import { unneededDataAccess } from './unneeded-data-access.js';
import { unregisteredDependency } from './unregistered-dependency.js';
import { unresolvedAssembly } from './unresolved-assembly.js';
import { unresolvedClass } from './unresolved-class.js';
import { unresolvedMethod } from './unresolved-method.js';
import { unsafeDeserialization } from './unsafe-deserialization.js';
import { unsupportedLibrary } from './unsupported-library.js';
import { untrackedTrustedHash } from './untracked-trusted-hash.js';
import { unvalidatedPath } from './unvalidated-path.js';
import { unvalidatedUrl } from './unvalidated-url.js';
import { unverifiableCode } from './unverifiable-code.js';
import { weakCrypto } from './weak-crypto.js';
import { weakTls } from './weak-tls.js';
import { xmlExternalEntity } from './xml-external-entity.js';
import { xpathInjection } from './xpath-injection.js';
import type { Rule } from './rule.js';

export const codeRules: readonly Rule[] = [
  aggregateContract,
  applicationDomainSplit,
  assemblyNameMismatch,
  callContextState,
  commandInjection,
  connectionStringInjection,
  contextConnectionMisuse,
  credentialInCode,
  dataAccessWhileImpersonating,
  defaultCredentialsSent,
  distributedTransaction,
  dynamicAssemblyLoad,
  errorDetailLeak,
  excessivePermissionSet,
  executableMemory,
  externalAccessUnderExecuteAs,
  externalConnection,
  falseDeterminism,
  fillRowMismatch,
  finalizer,
  hostProtectedMember,
  impersonationAcrossThreads,
  impersonationAcrossYield,
  impersonationFailureIgnored,
  impersonationInSafeAssembly,
  impersonationNotUndone,
  impersonationNullIdentity,
  incomparableType,
  incompatibleUpgrade,
  insufficientPermissionSet,
  ldapInjection,
  mismatchedRow,
  misplacedType,
  missingDataAccess,
  missingReferencesPermission,
  missingSystemDataAccess,
  mistakenCall,
  mutableStaticField,
  nativeCall,
  outputMismatch,
  parameterCountMismatch,
  parameterTypeMismatch,
  partiallyTrustedCaller,
  partiallyTrustedCallersAllowed,
  permissionAssert,
  pipeInFunction,
  processStart,
  refusedAttribute,
  regexInjection,
  regexWithoutTimeout,
  returnTypeMismatch,
  routineNotPublicStatic,
  runtimeCodeGeneration,
  sensitiveSystemAccess,
  serializationAssembly,
  serverShutdown,
  serviceAccountAccess,
  sqlInjection,
  stateAcrossSessions,
  staticCollection,
  swallowedException,
  tableShapeMismatch,
  tlsValidationDisabled,
  trustedByHash,
  typeContract,
  typeMemberMisuse,
  typeNameInjection,
  unbalancedThreadState,
  unbalancedTransaction,
  unboundRoutine,
  unindexableRoutine,
  unneededDataAccess,
  unregisteredDependency,
  unresolvedAssembly,
  unresolvedClass,
  unresolvedMethod,
  unsafeDeserialization,
  unsupportedLibrary,
  untrackedTrustedHash,
  unvalidatedPath,
  unvalidatedUrl,
  unverifiableCode,
  weakCrypto,
  weakTls,
  xmlExternalEntity,
  xpathInjection,
];
