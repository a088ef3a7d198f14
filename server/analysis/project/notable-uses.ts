// Calls a reviewer wants to see, of the framework and of native code, with what tells them apart.
import type { Call } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { memberName, type AssemblyCode, type MethodDef, type TypeDef } from '../code/model.js';
import { findNotable, type Notable } from '../knowledge/notable-members.js';
import { findNativeFunction, type NativeFunction } from '../knowledge/native-functions.js';
import type { ApiUse } from './api-uses.js';
import type { Reason, Requirements } from './requirements.js';

/** Calls alone: a member made into a delegate counts as one. */
export function notableUses({ uses }: Requirements, ...wanted: readonly Notable[]): readonly ApiUse[] {
  return uses.filter((use) => isNotable(use, wanted));
}

function isNotable({ member }: ApiUse, wanted: readonly Notable[]): boolean {
  const notable = member.type.kind === 'named' ? findNotable(member.type.name, member.name) : undefined;
  return notable !== undefined && wanted.includes(notable);
}

/** Uses that SQL Server refuses in every permission set, each by itself; those that nothing reaches last. */
export function disabledUses(
  { uses, reasons, unreached }: Requirements,
  ...wanted: readonly Notable[]
): readonly (Reason & { readonly use: ApiUse })[] {
  const disabled = uses.filter((use) => use.permissionSet === 'NONE' && isNotable(use, wanted));
  if (disabled.length === 0) return [];
  const known = [...reasons, ...unreached];
  return disabled
    .flatMap((use) => {
      const reason = known.find((one) => one.use?.node === use.node && one.member === use.text);
      return reason ? [{ ...reason, use, place: use.place, isCertain: reason.isCertain && reason.use === use }] : [];
    })
    .sort((a, b) => Number(!a.reached) - Number(!b.reached));
}

export interface NativeImport {
  readonly type: TypeDef;
  readonly method: MethodDef;
  readonly function: NativeFunction;
  readonly library: string;
  readonly calls: readonly { readonly node: MethodNode; readonly call: Call }[];
}

export function nativeImports(
  code: AssemblyCode,
  ...wanted: readonly NativeFunction['what'][]
): readonly NativeImport[] {
  return code.types.flatMap((type) =>
    type.methods.flatMap((method): readonly NativeImport[] => {
      const known = method.import && findNativeFunction(method.import.library, method.import.name);
      if (!method.import || !known || !wanted.includes(known.what)) return [];
      const calls = code.graph
        .callersOf(method)
        .flatMap(({ node, operation }) => (operation.kind === 'call' ? [{ node, call: operation }] : []));
      return [{ type, method, function: known, library: method.import.library, calls }];
    }),
  );
}

/** `Owner.Type::CreateProcess calls CreateProcess in kernel32.dll, which starts a process`. */
export function importText({ type, method, function: native, library }: NativeImport): string {
  return `${memberName(type, method)} calls ${native.name} in ${library}, which ${native.does}`;
}
