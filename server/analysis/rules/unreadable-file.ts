import type { ProjectRule } from './rule.js';

export const unreadableFile: ProjectRule = {
  name: 'unreadable-file',
  summary: 'A file of the project cannot be read, or not whole: what it holds is not looked at.',
  topic: 'tool',
  severity: 'warning',
  phase: 'review',
  on: 'project',
  check({ projectFiles, unread }, report) {
    for (const { uri, kind, errors } of projectFiles) {
      const [error] = errors;
      // Of C# that may have nothing to do with SQL Server it is others' work to tell.
      if (error && kind === 'sqlproj')
        report(
          uri,
          { start: error.offset, end: error.offset },
          `The project is no XML: ${error.message.replace(/\.$/, '')}`,
        );
    }
    for (const { uri, why } of unread)
      report(
        uri,
        { start: 0, end: 0 },
        why === 'size' ? 'The source is too large to be read' : 'The source takes too long to be read',
      );
  },
};
