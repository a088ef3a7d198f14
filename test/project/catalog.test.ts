// T-SQL in, the objects it leaves behind out: the page beside this file. UPDATE=1 writes it anew; read the difference as behaviour.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { CatalogObject } from '../../server/analysis/project/catalog.js';
import type { ScriptFile } from '../../server/analysis/project/project.js';
import type { Step } from '../../server/analysis/project/timeline.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const page = 'test/project/catalog.md';
const source = readFileSync(page, 'utf8');
const update = process.env['UPDATE'] === '1';
let updated = source;
for (const [whole, title, sql = '', expected = ''] of source.matchAll(
  /^## (.+)\n[^]*?^```sql\n([^]*?)^```\n(?:\n```catalog\n([^]*?)^```\n)?/gm,
)) {
  const catalog = printed(scriptOf(sql));
  if (update) {
    const head = whole.slice(0, whole.indexOf('```sql'));
    updated = updated.replace(whole, () => `${head}\`\`\`sql\n${sql}\`\`\`\n\n\`\`\`catalog\n${catalog}\`\`\`\n`);
  } else test(title ?? '', () => assert.equal(catalog, expected));
}
if (update) writeFileSync(page, updated);

test('what a statement finds there is told from what has run before it', () => {
  const file = scriptOf(
    `CREATE ASSEMBLY a FROM 0x00;
     IF 1 = 1 CREATE ASSEMBLY b FROM 0x00;
     DROP ASSEMBLY a;
     DROP ASSEMBLY c;`,
  );
  const [createA, , , dropA] = file.timeline.steps;
  const last = file.timeline.steps.at(-1);
  assert.ok(createA && dropA && last);
  const before = (step: Step, name: string): string => file.catalog.before(step, 'assembly', name).is;
  assert.deepEqual(
    [before(createA, 'a'), before(dropA, 'A'), before(dropA, 'b'), before(last, 'a'), before(last, 'c')],
    ['unknown', 'present', 'unknown', 'absent', 'unknown'],
  );
});

test('behind what may have changed anything nothing is sure', () => {
  for (const statement of ['EXEC dbo.Uninstall', 'EXEC (@sql)', 'ROLLBACK', 'DROP DATABASE d', ':r other.sql\n']) {
    const file = scriptOf(`CREATE ASSEMBLY a FROM 0x00;\nDROP ASSEMBLY b;\n${statement}\nDROP ASSEMBLY a, b;`);
    const last = file.timeline.steps.at(-1);
    assert.ok(last);
    const found = ['a', 'b'].map((name) => file.catalog.before(last, 'assembly', name).is);
    assert.deepEqual(found, ['unknown', 'unknown'], statement);
  }
  const file = scriptOf(
    `CREATE ASSEMBLY a FROM 0x00; EXEC sp_configure 'clr enabled', 1; EXEC ('USE b'); DROP ASSEMBLY a`,
  );
  const last = file.timeline.steps.at(-1);
  assert.equal(last && file.catalog.before(last, 'assembly', 'a').is, 'present');
});

test('what runs under a condition may run because something above did not', () => {
  const file = scriptOf(
    `BEGIN TRY CREATE ASSEMBLY a FROM 0x00 END TRY
     BEGIN CATCH ALTER ASSEMBLY a FROM 0x00 END CATCH
     ALTER ASSEMBLY a WITH VISIBILITY = OFF`,
  );
  const found = file.timeline.steps
    .filter(({ statement }) => statement.kind === 'alterAssembly')
    .map((step) => file.catalog.before(step, 'assembly', 'a').is);
  assert.deepEqual(found, ['unknown', 'present']);
});

test('what is bound to an assembly is told as long as it surely is', () => {
  const file = scriptOf(
    `CREATE ASSEMBLY a FROM 0x00
     GO
     CREATE PROCEDURE p AS EXTERNAL NAME a.c.m
     GO
     CREATE PROCEDURE q AS EXTERNAL NAME a.c.m
     GO
     ALTER PROCEDURE q AS EXTERNAL NAME b.c.m
     GO
     CREATE TYPE t EXTERNAL NAME A.t
     CREATE AGGREGATE g (@a int) RETURNS int EXTERNAL NAME a.g
     DROP AGGREGATE g
     USE other
     DROP ASSEMBLY a
     USE d`,
  );
  const [drop, use] = ['dropAssembly', 'use'].map((kind) =>
    file.timeline.steps.find(({ statement }) => statement.kind === kind),
  );
  assert.ok(drop && use);
  const names = (step: Step): readonly string[] => file.catalog.boundTo(step, 'A').map(({ name }) => name);
  assert.deepEqual(names(use), ['p', 't']);
  assert.deepEqual(names(drop), []);
});

function scriptOf(sql: string): ScriptFile {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.sql', sql);
  const [file] = workspace.project().scripts;
  assert.ok(file);
  return file;
}

function printed({ catalog }: ScriptFile): string {
  return catalog.objects.map((object) => `${lineOf(object)}\n`).join('');
}

function lineOf({ class: of, name, schema, database, created, changed, dropped }: CatalogObject): string {
  const parts = [
    created && `created ${at(created)}`,
    ...changed.map((step) => `changed ${at(step)}`),
    dropped && `dropped ${at(dropped)}`,
  ].filter((part) => part !== undefined);
  return `${of} ${schema === undefined ? '' : `${schema}.`}${name}${database === undefined ? '' : ` in ${database}`}: ${parts.join(', ')}`;
}

/** The number of the step, and `?` behind one that may not run. */
function at({ index, conditional }: Step): string {
  return `${index}${conditional ? '?' : ''}`;
}
