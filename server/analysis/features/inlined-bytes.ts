// The bytes of an assembly in the place of its path, where the workspace has the file. It is offered, and never applied by itself:
// what lies on the server at that path may be something else.
import { fileNameOf, fileSourcesIn } from '../project/file-sources.js';
import { hexOf } from '../project/file-reader.js';
import type { Project } from '../project/project.js';
import type { Finding, Fix } from '../rules/rule.js';
import { fileName } from './assemblies.js';

const rules: ReadonlySet<string> = new Set(['assembly-from-file', 'assembly-from-network-path']);

/** A script of twice as many digits is still edited at ease. */
const largest = 2_000_000;
/** Bytes on a line: editors stop colouring lines of some ten thousand characters. */
const perLine = 500;

/** Undefined where no file of the name is there, or several that are not the same. */
export function inlinedBytesOf(project: Project, { rule, uri, span }: Finding): Fix | undefined {
  const file = rules.has(rule) ? project.scripts.find((one) => one.uri === uri) : undefined;
  const source = file && fileSourcesIn(file.script).find((one) => one.span.start === span.start);
  if (!file || source?.path === undefined) return undefined;
  const name = fileNameOf(source.path);
  const named = project.images.filter((one) => fileNameOf(fileName(one.uri)) === name);
  const [only] = named;
  const bytes = only?.bytes;
  if (!bytes || bytes.length > largest || named.some(({ sha512 }) => sha512 !== only.sha512)) return undefined;
  const lineEnd = file.text.includes('\r\n') ? '\r\n' : '\n';
  return {
    title: `Put the bytes of ${fileName(only.uri)} in the place of the path`,
    edits: [
      {
        at: source.span,
        // Megabytes: written when the fix is tried or chosen.
        get text() {
          return literalOf(bytes, lineEnd);
        },
      },
    ],
    needsReview: true,
  };
}

/** A backslash goes on with a constant on the next line: https://learn.microsoft.com/sql/t-sql/language-elements/sql-server-utilities-statements-backslash. */
function literalOf(bytes: Uint8Array, lineEnd: string): string {
  const lines = Array.from({ length: Math.ceil(bytes.length / perLine) }, (_, line) =>
    hexOf(bytes.subarray(line * perLine, (line + 1) * perLine)),
  );
  return `0x${lines.join(`\\${lineEnd}`)}`;
}
