import { isNoWindowsPath } from '../knowledge/windows-paths.js';
import { fileSourcesIn } from '../project/file-sources.js';
import { textOf } from '../tsql/constants.js';
import type { ScriptRule } from './rule.js';

export const assemblyFromFile: ScriptRule = {
  name: 'assembly-from-file',
  summary: 'An assembly loaded from a path is whatever lies there when the script runs.',
  topic: 'assemblies',
  severity: 'information',
  phase: 'review',
  sqlErrors: [6501, 6588],
  cwe: [494],
  on: 'script',
  check(file, report, { target }) {
    const { uri, script } = file;
    const refused = { severity: 'error', phase: 'create' } as const;
    for (const { statement, span, path, onNetwork } of fileSourcesIn(script)) {
      const name = statement.name.value;
      const session = file.timeline.stepOf(statement)?.executeAs;
      const user = session?.context === 'SETUSER' && session.name ? textOf(script, session.name) : undefined;
      // Of a SQL Server login nothing is documented; a Windows user is named with its domain.
      if (user?.includes('\\'))
        report(span, `Assembly ${name} is read from a file as ${user}, whom SETUSER has set`, {
          ...refused,
          sqlErrors: [6588],
          related: session ? [{ uri, span: session.span, message: 'SETUSER stands here' }] : [],
        });
      else if (path !== undefined && !target.onLinux && isNoWindowsPath(path))
        report(span, `Assembly ${name} is to come from ${path}, which is no path of a file`, {
          ...refused,
          sqlErrors: [6501],
        });
      else if (!onNetwork) report(span, `Assembly ${name} is read from a file when the script runs`, { sqlErrors: [] });
    }
  },
};
