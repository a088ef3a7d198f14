// What an assembly can touch, in plain words, and through what.
import { mutableStaticFields, nativeMethods } from '../code/registration.js';
import type { AssemblyCode } from '../code/model.js';
import { reachOf } from '../knowledge/reach.js';
import type { Requirements } from './requirements.js';

export interface Touch {
  /** `files`, `the network`, `native code`. */
  readonly what: string;
  /** The first member or function that shows it. */
  readonly through: string;
}

export function touchesOf(code: AssemblyCode, { reasons }: Requirements): readonly Touch[] {
  const found = new Map<string, string>();
  const add = (what: string, through: string): void => {
    if (!found.has(what)) found.set(what, through);
  };
  for (const { use, member, why } of reasons) for (const what of use ? reachOf(why) : []) add(what, member);
  for (const { method, isImport } of nativeMethods(code))
    if (isImport && method.import) add('native code', `${method.import.name} in ${method.import.library}`);
  for (const { name } of mutableStaticFields(code)) add('state of other sessions', name);
  return [...found].map(([what, through]) => ({ what, through }));
}
