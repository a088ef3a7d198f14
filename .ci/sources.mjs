// The project's own TypeScript, for scripts that run without a build.
import { build } from 'esbuild';

/** What `contents`, as it would stand in the project's root, exports. */
export async function importSource(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.', loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    // Loaded by hosts, and by none here.
    external: ['web-tree-sitter'],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
