// Whether what is not found in an assembly is not there.
import type { AssemblyCode } from '../code/model.js';
import type { Packages } from './project.js';

/** Of sources: all that the project compiles is known, is there, and was read. */
export function isWhole({ sourceCode, unread }: Pick<Packages, 'sourceCode' | 'unread'>, code: AssemblyCode): boolean {
  if (code.origin === 'image') return true;
  const source = [...sourceCode].find(([, one]) => one === code)?.[0];
  return (
    source !== undefined &&
    source.isCertain &&
    source.missing.length === 0 &&
    !unread.some(({ uri }) => source.sources.includes(uri))
  );
}
