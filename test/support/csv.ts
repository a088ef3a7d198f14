// The tables of .ci/knowledge as tests read them.
import { readFileSync } from 'node:fs';

type CsvRow = Readonly<Record<string, string>>;

/** The cell of a column; a column that is not there is a mistake of the test. */
export function cell(row: CsvRow, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`no column ${column}`);
  return value;
}

export function knowledgeRows(name: string): readonly CsvRow[] {
  const [head = [], ...records] = recordsOf(readFileSync(`.ci/knowledge/${name}.csv`, 'utf8'));
  return records.map((record) => Object.fromEntries(head.map((column, index) => [column, record[index] ?? ''])));
}

export function fullName(row: CsvRow): string {
  return `${cell(row, 'namespace')}.${cell(row, 'type')}`;
}

/** No cell of these tables holds a line break. */
function recordsOf(text: string): readonly (readonly string[])[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
}
