// Scripts that make thousands of one thing and thousands of what is held against it: they cost what they are long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const unsafe = 'WITH PERMISSION_SET = UNSAFE;';
const procedure = (index: number): string => `GO\nCREATE PROCEDURE dbo.p${index} AS EXTERNAL NAME A.C.p${index};\nGO\n`;
const many = (name: string): string => Array.from({ length: 24 }, (_, index) => `${name}_${index}`).join();

const scripts: readonly (readonly [name: string, each: (index: number) => string])[] = [
  [
    'keys and assemblies',
    (index) =>
      `CREATE ASYMMETRIC KEY k${index} FROM EXECUTABLE FILE = 'C:\\k${index}.dll';\nCREATE ASSEMBLY a${index} FROM 'C:\\a${index}.dll' ${unsafe}\n`,
  ],
  [
    'keys with logins, and assemblies',
    (index) =>
      `CREATE ASYMMETRIC KEY k${index} FROM ASSEMBLY a${index};\nCREATE LOGIN l${index} FROM ASYMMETRIC KEY k${index};\nGRANT UNSAFE ASSEMBLY TO l${index};\nCREATE ASSEMBLY a${index} FROM 'C:\\a${index}.dll' ${unsafe}\n`,
  ],
  [
    'keys of one file, and assemblies of it',
    (index) =>
      `CREATE ASYMMETRIC KEY k${index} FROM EXECUTABLE FILE = 'C:\\a.dll';\nCREATE ASSEMBLY a${index} FROM 'C:\\a.dll' ${unsafe}\n`,
  ],
  [
    'rights that are given, and others that are taken back',
    (index) => `GRANT UNSAFE ASSEMBLY TO ${many(`a${index}`)};\nREVOKE UNSAFE ASSEMBLY FROM ${many(`b${index}`)};\n`,
  ],
  ['grants on a schema, and routines', (index) => `${procedure(index)}GRANT EXECUTE ON SCHEMA::dbo TO r${index};\n`],
  ['grants in a database, and routines', (index) => `${procedure(index)}GRANT EXECUTE TO public;\n`],
];

for (const [name, each] of scripts) {
  test(name, (context) => {
    const timeOf = (count: number): number => {
      const workspace = new Workspace(nodePlatform);
      const text = Array.from({ length: count }, (_, index) => each(index)).join('');
      workspace.set('file:///a.sql', `CREATE ASSEMBLY A FROM 'C:\\a.dll' ${unsafe}\n${text}`);
      const start = process.cpuUsage();
      assert.notEqual(workspace.findings('file:///a.sql').length, 0);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1_000;
    };
    timeOf(500);
    const [small, large] = [500, 2_000].map(timeOf);
    assert.ok(small !== undefined && large !== undefined);
    context.diagnostic(`${small.toFixed(0)} ms for 500, ${large.toFixed(0)} ms for 2,000`);
    assert.ok(large / Math.max(small, 30) < 9, `${small}, ${large}`);
  });
}
