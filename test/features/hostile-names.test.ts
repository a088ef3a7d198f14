// Names and texts made to be taken for something else: whatever kind of object bears them, wherever they are shown, they are text.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as links from '../../server/bundles/links.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
import { Folder } from '../support/command-line.js';

/** By what each would do, were it not escaped. */
const names: Readonly<Record<string, string>> = {
  'a link that runs a command': '[x](command:workbench.action.terminal.new)',
  'a link': '[x](https://example.com)',
  'a picture that tells somebody': '![x](https://example.com/p.png)',
  'an address': 'https://example.com/a',
  'an address in brackets': '<https://example.com/a>',
  'an icon': '$(trash)',
  'a heading': '# x',
  'the end of code': '` **x** `',
  'the end of more code': '``` ~~~ **x**',
  'the end of a table': '| x | y |',
  'a script': '<script>alert(1)</script>',
  'a picture with a handler': '"><img src=x onerror=alert(1)>',
  'the end of a comment': '--><script>alert(1)</script>',
  'the end of character data': ']]><x/>',
  'an entity': '&lt;script&gt;&#x3c;b&#x3e;',
  'a colour': '\u001b[31mred\u001b[0m',
  'a title of the terminal': '\u001b]0;owned\u0007',
  'a link of the terminal': '\u001b]8;;https://example.com\u001b\\x\u001b]8;;\u001b\\',
  'a control of eight bits': '\u009b31m',
  'lines of its own': 'x\n\n# y\n- z',
  'a command of a workflow': '\n::error file=a::owned',
  'another line end': 'x\u2028y\u2029z\u0085',
  'the other direction': '\u202egnp.exe\u2066',
  'a quote': "'; DROP TABLE x --",
  'the end of a label': '"]; evil [label="',
  'half a character': '\ud800',
  'a zero': 'a\0b',
};

const id = (name: string): string => `[${name.replaceAll(']', ']]')}]`;
const text = (name: string): string => `N'${name.replaceAll("'", "''")}'`;

/** Every kind of object that a script names, each by the same name. */
function scriptOf(name: string): string {
  const [own, string] = [id(name), text(name)];
  return `CREATE ASSEMBLY ${own} AUTHORIZATION ${own} FROM ${string} WITH PERMISSION_SET = UNSAFE;
GO
ALTER ASSEMBLY ${own} ADD FILE FROM ${string} AS ${string};
GO
CREATE PROCEDURE ${own}.${own} @a int AS EXTERNAL NAME ${own}.${own}.${own};
GO
CREATE FUNCTION ${own}.${own}2 (@a int) RETURNS int AS EXTERNAL NAME ${own}.${own}.${own};
GO
CREATE FUNCTION ${own}.[f] (@a int) RETURNS TABLE (${own} int) AS EXTERNAL NAME ${own}.${own}.${own};
GO
CREATE TRIGGER ${own}.[t] ON ${own}.[T] AFTER INSERT AS EXTERNAL NAME ${own}.${own}.${own};
GO
CREATE TYPE ${own}.[u] EXTERNAL NAME ${own}.${own};
GO
CREATE AGGREGATE ${own}.[g] (@a int) RETURNS int EXTERNAL NAME ${own}.${own};
GO
CREATE ASYMMETRIC KEY ${own} FROM ASSEMBLY ${own};
GO
CREATE CERTIFICATE ${own} FROM ASSEMBLY ${own};
GO
CREATE LOGIN ${own} FROM ASYMMETRIC KEY ${own};
GRANT UNSAFE ASSEMBLY TO ${own};
GO
ALTER DATABASE ${own} SET TRUSTWORTHY ON;
GO
EXEC sys.sp_add_trusted_assembly 0x${'ab'.repeat(64)}, ${string};
EXEC ${own}.${own} 1;
EXEC (${string});
DROP ASSEMBLY ${own};
`;
}

function sourceOf(name: string): string {
  const literal = JSON.stringify(name).replaceAll('\\u001b', '\\x1b');
  return `using Microsoft.SqlServer.Server; using System.Data.SqlClient;
public class Orders {
  [SqlFunction(Name = ${literal}, FillRowMethodName = ${literal}, TableDefinition = ${literal})]
  public static int Run(string a) {
    System.IO.File.Delete(${literal});
    new SqlCommand(${literal} + a, new SqlConnection(${literal})).ExecuteNonQuery();
    return 0;
  }
}`;
}

function projectOf(name: string): string {
  const value = name
    .replace(/[\0\u001b\ud800]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
  return `<Project Sdk="Microsoft.Build.Sql"><PropertyGroup><AssemblyName>${value}</AssemblyName><PermissionSet>UNSAFE</PermissionSet><AssemblyOwner>${value}</AssemblyOwner><Trustworthy>True</Trustworthy></PropertyGroup><ItemGroup><Compile Include="a.cs" /><Reference Include="${value}"><IsModelAware>True</IsModelAware></Reference></ItemGroup></Project>`;
}

const language = await diskGrammar('dist-test');

function workspaceOf(name: string): Workspace {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  for (const [file, content] of Object.entries(filesOf(name))) workspace.set(`file:///w/${file}`, content);
  return workspace;
}

function filesOf(name: string): Readonly<Record<string, string>> {
  return { 'a.sql': scriptOf(name), 'a.cs': sourceOf(name), 'a.sqlproj': projectOf(name) };
}

/** What Markdown makes of the name, were it to be more than text: outside of code, unescaped. */
function proseOf(markdown: string): string {
  return (
    markdown
      .replace(/(?<![\\`])(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '')
      .replace(/\\[!-/:-@[-`{-~]/g, '')
      // Of the server's own making: where a place is.
      .replace(/\[[^\]]*\]\(<at:file:\/\/\/w\/a\.\w+#\d+>\)/g, '')
      .replace(/\[[^\]]*\]\(https:\/\/(?:learn\.microsoft\.com|sqlclr-lint\.github\.io\/sqlclr-lint)\/[^\s)]*\)/g, '')
  );
}

/** Nothing that a line, a terminal or an eye takes for more than a character. */
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

for (const [what, name] of Object.entries(names)) {
  suite(what, () => {
    const workspace = workspaceOf(name);

    test('in every hover', () => {
      let hovers = 0;
      for (const uri of workspace.uris()) {
        for (let offset = 0; offset <= workspace.textOf(uri).length; offset += 3) {
          const hover = workspace.hover(uri, offset);
          if (!hover) continue;
          hovers++;
          const prose = proseOf(hover.markdown);
          assert.doesNotMatch(prose, /\]\(|!\[|<[a-z!/]|\$\(|https?:|command:|\|/i, hover.markdown);
          assert.doesNotMatch(prose, /^\s*(?:#|- z|::)/m, hover.markdown);
        }
      }
      assert.ok(hovers > 15, `${hovers} hovers`);
    });

    test('in diagnostics, outline, lenses, symbols and completions, each is one line', () => {
      const shown: string[] = [];
      for (const uri of workspace.uris()) {
        for (const { message, related, fixes } of workspace.findings(uri))
          shown.push(message, ...related.map((one) => one.message), ...fixes.map(({ title }) => title));
        shown.push(...workspace.lenses(uri).map(({ title }) => title));
        const below = (symbols: ReturnType<Workspace['symbols']>): void =>
          symbols.forEach(({ name: own, detail, children = [] }) => {
            shown.push(own, detail);
            below(children);
          });
        below(workspace.symbols(uri));
        for (let offset = 0; offset <= workspace.textOf(uri).length; offset += 7)
          shown.push(...workspace.completions(uri, offset).flatMap(({ label, detail }) => [label, detail ?? '']));
      }
      shown.push(...workspace.workspaceSymbols('').flatMap(({ name: own, detail }) => [own, detail]));
      assert.ok(shown.length > 30);
      for (const one of shown) assert.doesNotMatch(one, /[\n\r]/, one);
    });

    test('in the page, the picture and the graph of the links', () => {
      const graph = links.linkGraphOf(workspace.project(), workspace.uris(), (uri) => workspace.findings(uri));
      const { html } = links.linksPage(graph, {
        opens: true,
        admit: () => ({ source: "'nonce-0'", nonce: '0' }),
        placeOf: ({ uri }) => ({ file: uri, line: 1, column: 1, endLine: 1, endColumn: 1 }),
      });
      for (const markup of [html, links.linksSvg(graph)]) {
        assert.doesNotMatch(markup, /<(?:img|x)[\s/>]|<script>alert/);
        for (const [tag] of markup.matchAll(/<[a-z][^>]*>/g))
          assert.doesNotMatch(tag.replace(/"[^"]*"/g, ''), /onerror/);
        assert.doesNotMatch(markup, invisible);
      }
      assert.equal(html.match(/<script/g)?.length, 1);
      const outside = links.linksDot(graph).replace(/"(?:[^"\\]|\\[^])*"/g, '');
      assert.doesNotMatch(outside, /evil|script|owned|example/);
    });
  });
}

const junitTags = new Set([
  '<testsuites',
  '<testsuite',
  '<testcase',
  '<failure',
  '</failure',
  '</testcase',
  '</testsuite',
  '</testsuites',
]);

test('on the command line, in every format', (context) => {
  const all = Object.values(names).flatMap((name, index) =>
    Object.entries(filesOf(name)).map(([file, content]) => [`${index}/${file}`, content] as const),
  );
  const folder = new Folder(context, Object.fromEntries(all));
  const plain = folder.run('lint', '.', '--fail-on', 'never').out;
  assert.doesNotMatch(plain.replaceAll('\n', ''), invisible);
  assert.doesNotMatch(plain, /^(?:#|::|- z)/m);
  const coloured = folder.runWith({ FORCE_COLOR: '1' }, 'lint', '.', '--fail-on', 'never').out;
  assert.doesNotMatch(coloured.replaceAll('\n', '').replace(/\u001b\[(?:0|1|3[1236]|32|90)m/g, ''), invisible);
  const github = folder.run('lint', '.', '--fail-on', 'never', '--format', 'github').out;
  for (const line of github.trimEnd().split('\n'))
    assert.match(line, /^::(?:error|warning|notice) file=\d+\/a\.(?:sql|cs|sqlproj),/);
  const junit = folder.run('lint', '.', '--fail-on', 'never', '--format', 'junit').out;
  assert.doesNotMatch(junit.replaceAll('\n', ''), invisible);
  assert.deepEqual(new Set(junit.match(/<\/?[a-z]+/g)), junitTags);
  folder.run('lint', '.', '--fail-on', 'never', '--format', 'sarif', '--output', 'out.sarif');
  const sarif = folder.text('out.sarif');
  for (const { message } of JSON.parse(sarif).runs[0].results) assert.doesNotMatch(message.text, /[\n\r]/);
});
