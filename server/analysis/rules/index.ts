// Every rule, in alphabetical order.
import { aggregateContract } from './aggregate-contract.js';
import { assemblyFromFile } from './assembly-from-file.js';
import { assemblyFromNetworkPath } from './assembly-from-network-path.js';
import { assemblyNameMismatch } from './assembly-name-mismatch.js';
import { assemblyPermissionGrantedBroadly } from './assembly-permission-granted-broadly.js';
import { associatedFile } from './associated-file.js';
import { callContextState } from './call-context-state.js';
import { certificatePrincipalOption } from './certificate-principal-option.js';
import { clrDisabled } from './clr-disabled.js';
import { clrEnabled } from './clr-enabled.js';
import { clrStrictSecurityDisabled } from './clr-strict-security-disabled.js';
import { clrWithLightweightPooling } from './clr-with-lightweight-pooling.js';
import { commandInjection } from './command-injection.js';
import { configurationNotInstalled } from './configuration-not-installed.js';
import { connectionStringInjection } from './connection-string-injection.js';
import { contextConnectionMisuse } from './context-connection-misuse.js';
import { credentialInCode } from './credential-in-code.js';
import { credentialInScript } from './credential-in-script.js';
import { crossDatabaseChaining } from './cross-database-chaining.js';
import { dataAccessWhileImpersonating } from './data-access-while-impersonating.js';
import { debugFiles } from './debug-files.js';
import { defaultCredentialsSent } from './default-credentials-sent.js';
import { droppedDependents } from './dropped-dependents.js';
import { droppedObject } from './dropped-object.js';
import { duplicateAssembly } from './duplicate-assembly.js';
import { duplicateKey } from './duplicate-key.js';
import { duplicateTrustedHash } from './duplicate-trusted-hash.js';
import { dynamicAssemblyLoad } from './dynamic-assembly-load.js';
import { elevatedRoutine } from './elevated-routine.js';
import { errorDetailLeak } from './error-detail-leak.js';
import { excessivePermissionSet } from './excessive-permission-set.js';
import { executableMemory } from './executable-memory.js';
import { externalAccessPermissionSet } from './external-access-permission-set.js';
import { externalAccessUnderExecuteAs } from './external-access-under-execute-as.js';
import { externalConnection } from './external-connection.js';
import { falseDeterminism } from './false-determinism.js';
import { fillRowMismatch } from './fill-row-mismatch.js';
import { finalizer } from './finalizer.js';
import { grantExecuteOnAssembly } from './grant-execute-on-assembly.js';
import { hostProtectedMember } from './host-protected-member.js';
import { impersonationAcrossThreads } from './impersonation-across-threads.js';
import { impersonationAcrossYield } from './impersonation-across-yield.js';
import { impersonationFailureIgnored } from './impersonation-failure-ignored.js';
import { impersonationInSafeAssembly } from './impersonation-in-safe-assembly.js';
import { impersonationNotUndone } from './impersonation-not-undone.js';
import { impersonationNullIdentity } from './impersonation-null-identity.js';
import { implicitPermissionSet } from './implicit-permission-set.js';
import { incomparableType } from './incomparable-type.js';
import { incompatibleUpgrade } from './incompatible-upgrade.js';
import { incompleteTrustChain } from './incomplete-trust-chain.js';
import { insufficientAssemblyGrant } from './insufficient-assembly-grant.js';
import { insufficientPermissionSet } from './insufficient-permission-set.js';
import { invalidAssemblyImage } from './invalid-assembly-image.js';
import { ldapInjection } from './ldap-injection.js';
import { misplacedType } from './misplaced-type.js';
import { missingDataAccess } from './missing-data-access.js';
import { missingSystemDataAccess } from './missing-system-data-access.js';
import { mistakenCall } from './mistaken-call.js';
import { mutableStaticField } from './mutable-static-field.js';
import { nativeCall } from './native-call.js';
import { objectKindMismatch } from './object-kind-mismatch.js';
import { outputMismatch } from './output-mismatch.js';
import { ownerMismatch } from './owner-mismatch.js';
import { parameterCountMismatch } from './parameter-count-mismatch.js';
import { parameterTypeMismatch } from './parameter-type-mismatch.js';
import { partiallyTrustedCaller } from './partially-trusted-caller.js';
import { partiallyTrustedCallersAllowed } from './partially-trusted-callers-allowed.js';
import { permissionAssert } from './permission-assert.js';
import { pipeInFunction } from './pipe-in-function.js';
import { principalInUse } from './principal-in-use.js';
import { processStart } from './process-start.js';
import { raisedPermissionSet } from './raised-permission-set.js';
import { refusedAttribute } from './refused-attribute.js';
import { refusedConfiguration } from './refused-configuration.js';
import { refusedModuleOption } from './refused-module-option.js';
import { refusedSignature } from './refused-signature.js';
import { regexInjection } from './regex-injection.js';
import { regexWithoutTimeout } from './regex-without-timeout.js';
import { returnTypeMismatch } from './return-type-mismatch.js';
import { routineGrantedToPublic } from './routine-granted-to-public.js';
import { routineNotPublicStatic } from './routine-not-public-static.js';
import { runtimeCodeGeneration } from './runtime-code-generation.js';
import { sensitiveSystemAccess } from './sensitive-system-access.js';
import { serializationAssembly } from './serialization-assembly.js';
import { serverShutdown } from './server-shutdown.js';
import { serviceAccountAccess } from './service-account-access.js';
import { signerInUse } from './signer-in-use.js';
import { sqlInjection } from './sql-injection.js';
import { stateAcrossSessions } from './state-across-sessions.js';
import { staticCollection } from './static-collection.js';
import { swallowedException } from './swallowed-exception.js';
import { syntaxError } from './syntax-error.js';
import { systemAssemblyRegistered } from './system-assembly-registered.js';
import { tableShapeMismatch } from './table-shape-mismatch.js';
import { tlsValidationDisabled } from './tls-validation-disabled.js';
import { trustKeyMismatch } from './trust-key-mismatch.js';
import { trustedHashMalformed } from './trusted-hash-malformed.js';
import { trustedHashMismatch } from './trusted-hash-mismatch.js';
import { trustworthyDatabase } from './trustworthy-database.js';
import { trustworthyPrivilegedOwner } from './trustworthy-privileged-owner.js';
import { typeContract } from './type-contract.js';
import { typeMemberMisuse } from './type-member-misuse.js';
import { typeNameInjection } from './type-name-injection.js';
import { unbindableAssembly } from './unbindable-assembly.js';
import { unboundRoutine } from './unbound-routine.js';
import { uncheckedData } from './unchecked-data.js';
import { unindexableRoutine } from './unindexable-routine.js';
import { unneededDataAccess } from './unneeded-data-access.js';
import { unpackagedAssembly } from './unpackaged-assembly.js';
import { unregisteredDependency } from './unregistered-dependency.js';
import { unresolvedAssembly } from './unresolved-assembly.js';
import { unresolvedClass } from './unresolved-class.js';
import { unresolvedMethod } from './unresolved-method.js';
import { unsafeDeserialization } from './unsafe-deserialization.js';
import { unsafePermissionSet } from './unsafe-permission-set.js';
import { unsignedAssembly } from './unsigned-assembly.js';
import { unsupportedLibrary } from './unsupported-library.js';
import { unsupportedTarget } from './unsupported-target.js';
import { untrustedAssembly } from './untrusted-assembly.js';
import { unusablePrincipal } from './unusable-principal.js';
import { unusedSuppression } from './unused-suppression.js';
import { unvalidatedPath } from './unvalidated-path.js';
import { unvalidatedUrl } from './unvalidated-url.js';
import { unverifiableCode } from './unverifiable-code.js';
import { visibleHelperAssembly } from './visible-helper-assembly.js';
import { weakCrypto } from './weak-crypto.js';
import { weakTls } from './weak-tls.js';
import { xmlExternalEntity } from './xml-external-entity.js';
import type { Rule } from './rule.js';

export const rules: readonly Rule[] = [
  aggregateContract,
  assemblyFromFile,
  assemblyFromNetworkPath,
  assemblyNameMismatch,
  assemblyPermissionGrantedBroadly,
  associatedFile,
  callContextState,
  certificatePrincipalOption,
  clrDisabled,
  clrEnabled,
  clrStrictSecurityDisabled,
  clrWithLightweightPooling,
  commandInjection,
  configurationNotInstalled,
  connectionStringInjection,
  contextConnectionMisuse,
  credentialInCode,
  credentialInScript,
  crossDatabaseChaining,
  dataAccessWhileImpersonating,
  debugFiles,
  defaultCredentialsSent,
  droppedDependents,
  droppedObject,
  duplicateAssembly,
  duplicateKey,
  duplicateTrustedHash,
  dynamicAssemblyLoad,
  elevatedRoutine,
  errorDetailLeak,
  excessivePermissionSet,
  executableMemory,
  externalAccessPermissionSet,
  externalAccessUnderExecuteAs,
  externalConnection,
  falseDeterminism,
  fillRowMismatch,
  finalizer,
  grantExecuteOnAssembly,
  hostProtectedMember,
  impersonationAcrossThreads,
  impersonationAcrossYield,
  impersonationFailureIgnored,
  impersonationInSafeAssembly,
  impersonationNotUndone,
  impersonationNullIdentity,
  implicitPermissionSet,
  incomparableType,
  incompatibleUpgrade,
  incompleteTrustChain,
  insufficientAssemblyGrant,
  insufficientPermissionSet,
  invalidAssemblyImage,
  ldapInjection,
  misplacedType,
  missingDataAccess,
  missingSystemDataAccess,
  mistakenCall,
  mutableStaticField,
  nativeCall,
  objectKindMismatch,
  outputMismatch,
  ownerMismatch,
  parameterCountMismatch,
  parameterTypeMismatch,
  partiallyTrustedCaller,
  partiallyTrustedCallersAllowed,
  permissionAssert,
  pipeInFunction,
  principalInUse,
  processStart,
  raisedPermissionSet,
  refusedAttribute,
  refusedConfiguration,
  refusedModuleOption,
  refusedSignature,
  regexInjection,
  regexWithoutTimeout,
  returnTypeMismatch,
  routineGrantedToPublic,
  routineNotPublicStatic,
  runtimeCodeGeneration,
  sensitiveSystemAccess,
  serializationAssembly,
  serverShutdown,
  serviceAccountAccess,
  signerInUse,
  sqlInjection,
  stateAcrossSessions,
  staticCollection,
  swallowedException,
  syntaxError,
  systemAssemblyRegistered,
  tableShapeMismatch,
  tlsValidationDisabled,
  trustKeyMismatch,
  trustedHashMalformed,
  trustedHashMismatch,
  trustworthyDatabase,
  trustworthyPrivilegedOwner,
  typeContract,
  typeMemberMisuse,
  typeNameInjection,
  unbindableAssembly,
  unboundRoutine,
  uncheckedData,
  unindexableRoutine,
  unneededDataAccess,
  unpackagedAssembly,
  unregisteredDependency,
  unresolvedAssembly,
  unresolvedClass,
  unresolvedMethod,
  unsafeDeserialization,
  unsafePermissionSet,
  unsignedAssembly,
  unsupportedLibrary,
  unsupportedTarget,
  untrustedAssembly,
  unusablePrincipal,
  unusedSuppression,
  unvalidatedPath,
  unvalidatedUrl,
  unverifiableCode,
  visibleHelperAssembly,
  weakCrypto,
  weakTls,
  xmlExternalEntity,
];
