// Rules that need no code, in alphabetical order; those that look into it are in code-rules.ts.
import { assemblyFromFile } from './assembly-from-file.js';
import { assemblyFromNetworkPath } from './assembly-from-network-path.js';
import { assemblyPermissionGrantedBroadly } from './assembly-permission-granted-broadly.js';
import { associatedFile } from './associated-file.js';
import { certificatePrincipalOption } from './certificate-principal-option.js';
import { clrDisabled } from './clr-disabled.js';
import { clrEnabled } from './clr-enabled.js';
import { clrStrictSecurityDisabled } from './clr-strict-security-disabled.js';
import { clrWithLightweightPooling } from './clr-with-lightweight-pooling.js';
import { configurationNotInstalled } from './configuration-not-installed.js';
import { credentialInScript } from './credential-in-script.js';
import { crossDatabaseChaining } from './cross-database-chaining.js';
import { debugFiles } from './debug-files.js';
import { droppedDependents } from './dropped-dependents.js';
import { droppedObject } from './dropped-object.js';
import { duplicateAssembly } from './duplicate-assembly.js';
import { duplicateKey } from './duplicate-key.js';
import { duplicateTrustedHash } from './duplicate-trusted-hash.js';
import { elevatedRoutine } from './elevated-routine.js';
import { externalAccessPermissionSet } from './external-access-permission-set.js';
import { grantExecuteOnAssembly } from './grant-execute-on-assembly.js';
import { implicitPermissionSet } from './implicit-permission-set.js';
import { incompleteTrustChain } from './incomplete-trust-chain.js';
import { insufficientAssemblyGrant } from './insufficient-assembly-grant.js';
import { invalidAssemblyImage } from './invalid-assembly-image.js';
import { malformedCertificate } from './malformed-certificate.js';
import { objectKindMismatch } from './object-kind-mismatch.js';
import { ownerMismatch } from './owner-mismatch.js';
import { principalInUse } from './principal-in-use.js';
import { raisedPermissionSet } from './raised-permission-set.js';
import { refusedConfiguration } from './refused-configuration.js';
import { refusedModuleOption } from './refused-module-option.js';
import { refusedSignature } from './refused-signature.js';
import { routineGrantedToPublic } from './routine-granted-to-public.js';
import { signerInUse } from './signer-in-use.js';
import { syntaxError } from './syntax-error.js';
import { systemAssemblyRegistered } from './system-assembly-registered.js';
import { systemObjectChanged } from './system-object-changed.js';
import { trustKeyMismatch } from './trust-key-mismatch.js';
import { trustedHashMalformed } from './trusted-hash-malformed.js';
import { trustedHashMismatch } from './trusted-hash-mismatch.js';
import { trustworthyDatabase } from './trustworthy-database.js';
import { trustworthyPrivilegedOwner } from './trustworthy-privileged-owner.js';
import { uncheckedData } from './unchecked-data.js';
import { unbindableAssembly } from './unbindable-assembly.js';
import { unloadableFramework } from './unloadable-framework.js';
import { unpackagedAssembly } from './unpackaged-assembly.js';
import { unreadableFile } from './unreadable-file.js';
import { unsafePermissionSet } from './unsafe-permission-set.js';
import { unsignedAssembly } from './unsigned-assembly.js';
import { unsupportedTarget } from './unsupported-target.js';
import { untrustedAssembly } from './untrusted-assembly.js';
import { unusablePrincipal } from './unusable-principal.js';
import { unusedSuppression } from './unused-suppression.js';
import { visibleHelperAssembly } from './visible-helper-assembly.js';
import type { Rule } from './rule.js';

export const rules: readonly Rule[] = [
  assemblyFromFile,
  assemblyFromNetworkPath,
  assemblyPermissionGrantedBroadly,
  associatedFile,
  certificatePrincipalOption,
  clrDisabled,
  clrEnabled,
  clrStrictSecurityDisabled,
  clrWithLightweightPooling,
  configurationNotInstalled,
  credentialInScript,
  crossDatabaseChaining,
  debugFiles,
  droppedDependents,
  droppedObject,
  duplicateAssembly,
  duplicateKey,
  duplicateTrustedHash,
  elevatedRoutine,
  externalAccessPermissionSet,
  grantExecuteOnAssembly,
  implicitPermissionSet,
  incompleteTrustChain,
  insufficientAssemblyGrant,
  invalidAssemblyImage,
  malformedCertificate,
  objectKindMismatch,
  ownerMismatch,
  principalInUse,
  raisedPermissionSet,
  refusedConfiguration,
  refusedModuleOption,
  refusedSignature,
  routineGrantedToPublic,
  signerInUse,
  syntaxError,
  systemAssemblyRegistered,
  systemObjectChanged,
  trustKeyMismatch,
  trustedHashMalformed,
  trustedHashMismatch,
  trustworthyDatabase,
  trustworthyPrivilegedOwner,
  uncheckedData,
  unbindableAssembly,
  unloadableFramework,
  unpackagedAssembly,
  unreadableFile,
  unsafePermissionSet,
  unsignedAssembly,
  unsupportedTarget,
  untrustedAssembly,
  unusablePrincipal,
  unusedSuppression,
  visibleHelperAssembly,
];
