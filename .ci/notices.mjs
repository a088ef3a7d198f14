// The licences of the packages that are in a build, for a file that ships with it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packageOf = (path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];

function licenceOf(name) {
  const folder = join('node_modules', name);
  const { version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.\w+)?$/i.test(one));
  const holder = typeof author === 'string' ? author : author?.name;
  if (!file && !license) throw new Error(`The package ${name} states no licence.`);
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : [license, holder].filter(Boolean).join(', by ');
  return `## ${name} ${version}\n\n${text.replaceAll('\r\n', '\n')}\n`;
}

/** In Markdown, of the packages that files come from: `paths` are those of esbuild's metafiles, and of what is copied. */
export function notices(paths) {
  const names = [...new Set(paths.map(packageOf).filter((name) => name !== undefined))].sort();
  return `# Third-party notices\n\nSQLCLR Lint ships with these packages, each under its own licence.\n\n${names.map(licenceOf).join('\n')}`;
}
