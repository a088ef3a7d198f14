// C# on the command line: findings where the source has them, uses one by one, and what cannot be read is said.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Folder } from '../support/command-line.js';

const source = `using System.IO;
using Microsoft.SqlServer.Server;

public class Letters
{
    [SqlFunction]
    public static string Body(string path)
    {
        return File.ReadAllText(path);
    }
}
`;
const files = {
  'Letters.cs': source,
  'Letters.csproj': '<Project><ItemGroup><Compile Include="*.cs" /></ItemGroup></Project>',
  'install.sql': `CREATE ASSEMBLY Letters FROM 'Letters.dll' WITH PERMISSION_SET = SAFE;
GO
CREATE FUNCTION dbo.Body(@path nvarchar(260)) RETURNS nvarchar(max) AS EXTERNAL NAME Letters.Letters.Body;
`,
};

test('sources are part of the project that is linted', (context) => {
  const folder = new Folder(context, files);
  const places = folder.places('lint', '.');
  assert.ok(places.includes('Letters.cs:9:16 insufficient-permission-set'), places.join('\n'));
  assert.ok(places.includes('install.sql:1:49 insufficient-permission-set'), places.join('\n'));
});

test('api tells the line, the method and what the member needs', (context) => {
  const folder = new Folder(context, files);
  const uses: readonly unknown[] = JSON.parse(folder.run('api', 'Letters.cs').out);
  assert.deepEqual(
    uses.filter((use) => JSON.stringify(use).includes('ReadAllText')),
    [
      {
        line: 9,
        method: 'Letters::Body',
        member: 'System.IO.File::ReadAllText(String)',
        permissionSet: 'EXTERNAL_ACCESS',
        reason: 'FileIOPermission',
      },
    ],
  );
});

test('a source that is too large to read is named, and the rest is linted', (context) => {
  const folder = new Folder(context, { ...files, 'Large.cs': `// SqlContext\n${' '.repeat(5 << 20)}` });
  const { code, err } = folder.run('lint', '.');
  assert.equal(code, 2);
  assert.match(err, /cannot read .*Large\.cs: too large, or too much nested/);
});

const fields = `using System.Text.RegularExpressions;\r
using Microsoft.SqlServer.Server;\r
public class Währung\r
{\r
    static int digits = 2;\r
    static string unit;\r
    [SqlFunction]\r
    public static bool Is(string text, string pattern) { unit = text; return Regex.IsMatch(text, pattern); }\r
}\r
`;

test('--fix mends sources as they are encoded, and leaves what needs a look', (context) => {
  const folder = new Folder(context);
  for (const encode of [
    (text: string) => Buffer.from(text),
    (text: string) => Buffer.from(`\ufeff${text}`),
    (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  ]) {
    folder.write('Currency.cs', encode(fields));
    const { err } = folder.run('lint', '.', '--fix');
    assert.match(err, /1 fix applied/);
    const mended = fields.replace('static int', 'static readonly int');
    assert.ok(folder.bytes('Currency.cs').equals(encode(mended)));
  }
});
