// Findings as JUnit writes the results of tests: a suite for each file, a test that fails for each finding.
import type { InputFile } from './read.js';
import { fileOf, type Located } from './report.js';
import { escapedXml as escaped } from './xml-text.js';

export function formatJunit(located: readonly Located[], files: readonly InputFile[]): string {
  const byFile = new Map<string, Located[]>(files.map(({ uri }) => [fileOf(uri), []]));
  for (const one of located) {
    const list = byFile.get(one.reported.file);
    if (list) list.push(one);
    else byFile.set(one.reported.file, [one]);
  }
  const suites = [...byFile].map(([file, found]) => suiteOf(file, found));
  const tests = [...byFile.values()].reduce((count, found) => count + Math.max(1, found.length), 0);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="sqlclr-lint" tests="${tests}" failures="${located.length}" errors="0">
${suites.join('')}</testsuites>
`;
}

/** A file without findings is a test that passes. */
function suiteOf(file: string, found: readonly Located[]): string {
  const cases =
    found.length === 0
      ? [`    <testcase name="${escaped(file)}" classname="sqlclr-lint" time="0"/>\n`]
      : found.map((one) => caseOf(one));
  return `  <testsuite name="${escaped(file)}" tests="${cases.length}" failures="${found.length}" errors="0" time="0">\n${cases.join('')}  </testsuite>\n`;
}

function caseOf({ reported: { file, line, column, rule, severity, message, sqlErrors, related } }: Located): string {
  const numbers = sqlErrors.length > 0 ? ` (Msg ${sqlErrors.join(', ')})` : '';
  const places = related.map((one) => `${one.file}:${one.line}:${one.column} ${one.message}`);
  const text = [`${file}:${line}:${column}`, ...places].map(escaped).join('\n');
  return `    <testcase name="${escaped(`${rule} ${line}:${column}`)}" classname="${escaped(file)}" time="0">
      <failure type="${severity}" message="${escaped(`${message}${numbers}`)}">${text}</failure>
    </testcase>
`;
}
