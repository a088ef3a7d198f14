// Calls a reviewer wants to see, of the framework and of native code, with what tells them apart.
import type { Call } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { memberName, type AssemblyCode, type MethodDef, type TypeDef } from '../code/model.js';
import { findNotable, type Notable } from '../knowledge/notable-members.js';
import { findNativeFunction, type NativeFunction } from '../knowledge/native-functions.js';
import type { ApiUse } from './api-uses.js';
import type { Requirements } from './requirements.js';

/** Calls alone: a member made into a delegate counts as one. */
export function notableUses({ uses }: Requirements, ...wanted: readonly Notable[]): readonly ApiUse[] {
  return uses.filter(({ member }) => {
    const notable = member.type.kind === 'named' ? findNotable(member.type.name, member.name) : undefined;
    return notable !== undefined && wanted.includes(notable);
  });
}

export interface NativeImport {
  readonly type: TypeDef;
  readonly method: MethodDef;
  readonly function: NativeFunction;
  readonly library: string;
  readonly calls: readonly { readonly node: MethodNode; readonly call: Call }[];
}

export function nativeImports(code: AssemblyCode, what: NativeFunction['what']): readonly NativeImport[] {
  return code.types.flatMap((type) =>
    type.methods.flatMap((method): readonly NativeImport[] => {
      const known = method.import && findNativeFunction(method.import.library, method.import.name);
      if (!method.import || known?.what !== what) return [];
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
