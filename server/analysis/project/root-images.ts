// The bytes that each CREATE and ALTER ASSEMBLY of a script gives the assembly itself, as far as they can be read.
import type { AssemblyImage } from '../metadata/assembly.js';
import type { Statement } from '../tsql/nodes.js';
import type { ScriptFile } from './project.js';

export function rootImagesOf({ literals }: ScriptFile): ReadonlyMap<Statement, AssemblyImage> {
  const images = new Map<Statement, AssemblyImage>();
  for (const { statement, index, image } of literals) if (image && index === 0) images.set(statement, image);
  return images;
}
