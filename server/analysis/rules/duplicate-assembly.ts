import { rootImagesOf } from '../project/root-images.js';
import type { Step } from '../project/timeline.js';
import type { ScriptRule } from './rule.js';

export const duplicateAssembly: ScriptRule = {
  name: 'duplicate-assembly',
  summary: 'The same assembly is created twice in one database.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6246],
  on: 'script',
  check(file, report) {
    const images = rootImagesOf(file);
    // By what may be there once in a database, what is there for sure.
    const there = new Map<string, string>();
    for (const step of file.timeline.steps) {
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
      if (file.catalog.before(step, 'assembly', name).is === 'present')
        report(statement.name.span, `Assembly ${name} is already created above`);
      else if (same !== undefined)
        report(statement.name.span, `Assembly ${name} has the same bytes as ${same}`, { sqlErrors: [6285] });
      else if (otherVersion !== undefined)
        report(statement.name.span, `Assembly ${name} is another version of ${otherVersion}`, { sqlErrors: [10326] });
      // Only what is there: SQL Server refuses a second one, so it adds nothing.
      else for (const key of keys) there.set(key, name);
    }
  },
};

/** Its MVID; its name, culture and key: none where its bytes are not known. */
function keysOf({ statement, database }: Step, images: ReturnType<typeof rootImagesOf>): readonly string[] {
  const image = images.get(statement);
  if (!image) return [];
  const { name, culture, publicKeyToken } = image.code.identity;
  const within = database ?? '';
  return [
    ['mvid', within, image.module.mvid],
    ['identity', within, name, culture, publicKeyToken ?? ''],
  ].map((parts) => parts.join('\n').toLowerCase());
}
