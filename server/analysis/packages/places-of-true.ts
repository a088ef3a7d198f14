// Where a project file sets a property: it is not read again, nor is what reads XML.
import type { Span } from '../text/span.js';
import { truthOf } from './conditions.js';
import type { ProjectFile } from './project-file.js';

/** Every place where the file, or one that it imports, sets a property to true, in whatever configuration. */
export function placesOfTrue(
  { written }: ProjectFile,
  name: string,
): readonly { readonly uri: string; readonly span: Span }[] {
  return written.flatMap((property) => {
    const isMeant = property.name.toLowerCase() === name.toLowerCase() && !property.isNever;
    return isMeant && property.value !== undefined && truthOf(property.value) ? [property] : [];
  });
}
