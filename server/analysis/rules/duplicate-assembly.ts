import type { AssemblyImage } from '../metadata/assembly.js';
import { grouped } from '../project/grouped.js';
import { sameName } from '../project/names.js';
import { rootImagesOf } from '../project/root-images.js';
import type { EmbeddedImage } from '../project/project.js';
import { stepsOf, type Step } from '../project/timeline.js';
import type { Span } from '../text/span.js';
import type { ScriptRule } from './rule.js';

export const duplicateAssembly: ScriptRule = {
  name: 'duplicate-assembly',
  summary: 'The same assembly is created twice in one database.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6246, 6285, 6286, 10326],
  on: 'script',
  check(file, report) {
    const images = rootImagesOf(file);
    // By what may be there once in a database, what is there for sure.
    const there = new Map<string, string>();
    // Of the same keys, the versions.
    const versions = new Map<string, string>();
    const along = grouped(
      file.literals.filter(({ index }) => index > 0),
      ({ statement }) => statement,
    );
    for (const step of stepsOf(file, 'createAssembly', 'dropAssembly')) {
      const { statement, conditional } = step;
      if (statement.kind === 'dropAssembly') {
        for (const name of statement.names) {
          const { object } = file.catalog.before(step, 'assembly', name.value);
          for (const key of object?.created ? keysOf(object.created, images) : []) there.delete(key);
        }
      }
      if (statement.kind !== 'createAssembly' || conditional) continue;
      const name = statement.name.value;
      const keys = keysOf(step, images);
      const [same, otherVersion] = keys.map((key) => there.get(key));
      const image = images.get(statement);
      const brought = image && broughtAlong(along.get(statement) ?? [], step, versions, image);
      if (file.catalog.before(step, 'assembly', name).is === 'present')
        report(statement.name.span, `Assembly ${name} is already created above`, { sqlErrors: [6246] });
      else if (same !== undefined)
        report(statement.name.span, `Assembly ${name} has the same bytes as ${same}`, { sqlErrors: [6285] });
      else if (otherVersion !== undefined)
        report(statement.name.span, `Assembly ${name} is another version of ${otherVersion}`, { sqlErrors: [10326] });
      else if (brought)
        report(brought.head, `Assembly ${name} brings along ${brought.own}, which is there in another version`, {
          sqlErrors: [6286],
        });
      // Only what is there: SQL Server refuses a second one, so it adds nothing.
      else
        for (const key of keys) {
          there.set(key, name);
          if (image) versions.set(key, image.code.identity.version);
        }
    }
  },
};

/** Its MVID; its name, culture and key: none where its bytes are not known. */
function keysOf({ statement, database }: Step, images: ReturnType<typeof rootImagesOf>): readonly string[] {
  const image = images.get(statement);
  return image ? keysOfImage(image, database) : [];
}

/** Of what stands behind the assembly itself in FROM, and is referenced by it, one that is there in another version. */
function broughtAlong(
  along: readonly EmbeddedImage[],
  { database }: Step,
  versions: ReadonlyMap<string, string>,
  root: AssemblyImage,
): { readonly head: Span; readonly own: string } | undefined {
  for (const { image, head } of along) {
    if (!image) continue;
    const { name, version } = image.code.identity;
    const [known] = keysOfImage(image, database).flatMap((key) => versions.get(key) ?? []);
    if (known !== undefined && known !== version && root.code.references.some((one) => sameName(one.name, name)))
      return { head, own: name };
  }
  return undefined;
}

function keysOfImage(image: AssemblyImage, database: string | undefined): readonly string[] {
  const { name, culture, publicKeyToken } = image.code.identity;
  const within = database ?? '';
  return [
    ['mvid', within, image.module.mvid],
    ['identity', within, name, culture, publicKeyToken ?? ''],
  ].map((parts) => parts.join('\n').toLowerCase());
}
