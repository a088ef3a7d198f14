// Samples where untrusted input does no harm, with one parameter, check or sanitizer taken away at a time: the finding appears, and
// goes when it is put back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { compiledSamplesOf } from '../support/compiled-samples.js';
import { sourceUri, unsafeWorkspace } from '../support/source-workspace.js';

const language = await diskGrammar('dist-test');

type Edit = readonly [rule: string, sample: string, from: string, to: string];

const throwing = '\n            throw new ArgumentException';

const edits: readonly Edit[] = [
  ['sql-injection', 'Safe', '@customer", connection', `'" + customer.Value + "'", connection`],
  ['sql-injection', 'Safe', 'order = "OrderId";', 'order = column.Value;'],
  ['sql-injection', 'Checked', `if (!tables.Contains(table.Value))${throwing}("table");`, ''],
  ['sql-injection', 'Checked', 'if (column.Value == "OrderDate" || column.Value == "Customer")', ''],
  ['sql-injection', 'Checked', 'column.Value == "OrderDate" ||', 'column.Value != "OrderDate" ||'],
  ['sql-injection', 'Checked', 'new SqlCommandBuilder().QuoteIdentifier(table.Value)', 'table.Value'],
  ['sql-injection', 'Checked', `customer.Value.Replace("'", "''")`, 'customer.Value'],
  ['sql-injection', 'Checked', 'Ensure(name);', ''],
  ['sql-injection', 'Checked', '"^[A-Za-z_]', '"[A-Za-z_]'],
  ['sql-injection', 'Checked', 'throw new ArgumentException(name);', 'SqlContext.Pipe.Send(name);'],
  ['sql-injection', 'Traps', 'Same("dbo.Orders")', 'Same(table)'],
  ['sql-injection', 'Traps', 'table = "dbo.Orders";', ''],
  ['sql-injection', 'Traps', 'int.Parse(order)', 'order'],
  ['sql-injection', 'Traps', 'if (Guid.TryParse(order, out guid))', ''],
  ['sql-injection', 'Traps', '!char.IsLetterOrDigit(letter)', 'letter == 120'],
  ['sql-injection', 'Traps', 'if (!isKnown)\n            return;', ''],
  ['sql-injection', 'Traps', 'if (Enum.TryParse(kind, out type))', 'type = DbType.Int32;'],
  ['sql-injection', 'Traps', 'table.Length', 'table'],
  ['sql-injection', 'Traps', 'table.Replace("]", "]]")', 'table'],
  ['unvalidated-path', 'Names', 'Path.GetFileName(name.Value)', 'name.Value'],
  [
    'unvalidated-path',
    'Whole',
    'if (full.StartsWith(root, StringComparison.OrdinalIgnoreCase))\n            return',
    'return',
  ],
  ['unvalidated-path', 'Whole', 'if (!full.StartsWith(root, StringComparison.OrdinalIgnoreCase))', 'if (path == null)'],
  [
    'unvalidated-path',
    'Contents',
    'if (file.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)\n            return;',
    '',
  ],
  ['unvalidated-path', 'Contents', 'if (!name.Value.Contains(".."))', ''],
  ['unvalidated-path', 'Contents', 'if (Path.GetFileName(name.Value) == name.Value)', ''],
  ['unvalidated-path', 'Helped', 'Fail("outside");', 'SqlContext.Pipe.Send("outside");'],
  ['unvalidated-path', 'Helped', 'throw new InvalidOperationException(why);', 'SqlContext.Pipe.Send(why);'],
  ['unvalidated-url', 'Fixed', '"https://api.example.com/orders?customer=" + ', ''],
  ['unvalidated-url', 'Fixed', 'UploadString(address, body.Value)', 'UploadString(body.Value, address)'],
  ['unvalidated-url', 'Hosts', `if (!hosts.Contains(uri.Host))${throwing}("url");`, ''],
  ['unvalidated-url', 'Hosts', 'uri.Host == "api.example.com" ?', 'uri.IsAbsoluteUri ?'],
  ['unvalidated-url', 'Hosts', '"https://api.example.com/"', '"https://"'],
  ['unvalidated-url', 'Parts', '"https://api.example.com" + new Uri(url).PathAndQuery', 'new Uri(url).AbsoluteUri'],
  ['command-injection', 'Fixed', `if (tool != "7z" && tool != "zip")${throwing}("tool");`, ''],
  ['command-injection', 'Fixed', 'if (Regex.IsMatch(file, @"\\A\\w+\\z"))', ''],
  ['command-injection', 'Input', '@"C:\\Tools\\mail.exe"', 'text.Value'],
  ['connection-string-injection', 'Built', 'builder.ConnectionString', '"Server=srv2;Database=" + database.Value'],
  [
    'connection-string-injection',
    'Chosen',
    `if (database.Value != "Sales" && database.Value != "Archive")${throwing}("database");`,
    '',
  ],
  ['connection-string-injection', 'Chosen', `if (database.Contains(";"))${throwing}("database");`, ''],
  [
    'ldap-injection',
    'Fixed',
    'account.Value.Replace("\\\\", "\\\\5c").Replace("*", "\\\\2a").Replace("(", "\\\\28").Replace(")", "\\\\29")',
    'account.Value',
  ],
  ['ldap-injection', 'Fixed', `if (!Regex.IsMatch(text, "^[A-Za-z0-9.-]{1,20}$"))${throwing}("account");`, ''],
  ['ldap-injection', 'Looking', 'if (!IsAccount(text))\n            return SqlString.Null;', ''],
  ['xml-external-entity', 'Refused', 'DtdProcessing.Prohibit', 'DtdProcessing.Parse'],
  ['xml-external-entity', 'Refused', 'document.XmlResolver = null', 'document.XmlResolver = new XmlUrlResolver()'],
  ['xml-external-entity', 'Refused', 'XsltSettings.Default', 'XsltSettings.TrustedXslt'],
  [
    'unsafe-deserialization',
    'Formats',
    'new DataContractSerializer(typeof(string)).ReadObject',
    'new NetDataContractSerializer().ReadObject',
  ],
  ['type-name-injection', 'Named', `if (name != "Daily" && name != "Weekly")${throwing}("name");`, ''],
  ['type-name-injection', 'Named', 'typeof(Version), text.Value', '"Plugins", text.Value'],
  ['type-name-injection', 'Helpers', `if (Array.IndexOf(known, name.Value) < 0)${throwing}("name");`, ''],
  ['regex-injection', 'Literal', 'Regex.Escape(word.Value)', 'word.Value'],
  ['regex-injection', 'Checked', `if (!Regex.IsMatch(word.Value, @"^\\w+$"))${throwing}("word");`, ''],
  ['sql-injection', 'HarmlessText', '(Column)Enum.Parse(typeof(Column), column)', 'column'],
  ['sql-injection', 'HarmlessText', 'map[column]', 'column'],
  ['sql-injection', 'HarmlessText', 'columns[Array.IndexOf(columns, column)]', 'column'],
  ['sql-injection', 'HarmlessText', 'columns.First(c => c == column)', 'column'],
  ['sql-injection', 'HarmlessText', 'CommandType.StoredProcedure', 'CommandType.Text'],
  ['sql-injection', 'HarmlessText', 'command.CommandType = CommandType.StoredProcedure;', ''],
  ['sql-injection', 'HarmlessText', `N'SELECT * FROM ' + QUOTENAME(@table)`, `N'" + table + "'`],
  ['sql-injection', 'HarmlessText', '.Select(int.Parse).ToArray()', ''],
  ['sql-injection', 'HarmlessText', 'names.Add(name);', 'names.Add(id);'],
  ['sql-injection', 'HarmlessText', 'if (new Regex(@"^\\w+$").IsMatch(table))', ''],
  ['sql-injection', 'HarmlessText', 'if (!table.All(char.IsLetter))', 'if (table == null)'],
  ['sql-injection', 'HarmlessText', '.Where(n => columns.Contains(n))', ''],
  ['sql-injection', 'HarmlessText', `columns.Intersect(names.Split(','))`, `names.Split(',')`],
  ['sql-injection', 'HarmlessText', 'Quoted(name)', 'name'],
  ['sql-injection', 'HarmlessText', 'if (dir != "ASC" && dir != "DESC")\n            dir = "ASC";', ''],
  ['sql-injection', 'HarmlessText', 'dir != "ASC" && dir != "DESC"', 'dir == "ASC" || dir == "DESC"'],
  ['sql-injection', 'HarmlessText', 'dir == "DESC" ? dir : "ASC"', 'dir == "DESC" ? "ASC" : dir'],
  ['sql-injection', 'HarmlessText', 'Convert.ToInt32(n)', 'n'],
  ['unvalidated-path', 'HarmlessPaths', 'new FileInfo(name).Name', 'name'],
  ['unvalidated-path', 'HarmlessPaths', `if (!Regex.IsMatch(name, @"^[A-Za-z0-9_-]+$"))${throwing}();`, ''],
  [
    'unvalidated-path',
    'HarmlessPaths',
    "foreach (var c in Path.GetInvalidFileNameChars())\n            name = name.Replace(c, '_');",
    '',
  ],
  ['unvalidated-path', 'HarmlessPaths', 'throw new UnauthorizedAccessException();', 'SqlContext.Pipe.Send("outside");'],
  ['unvalidated-path', 'HarmlessPaths', 'string.Join("_", name.Split(Path.GetInvalidFileNameChars()))', 'name'],
  ['unvalidated-url', 'HarmlessAddresses', 'if (u.Host != "api.example.com")\n            return;', ''],
  ['unvalidated-url', 'HarmlessAddresses', '|| !hosts.Contains(u.Host)', ''],
  ['unvalidated-url', 'HarmlessAddresses', '"https://api.example.com/s?q=" + Uri.EscapeDataString(q)', 'q'],
  ['unvalidated-url', 'HarmlessAddresses', '"https://api.example.com/{0}/x"', '"https://{0}/x"'],
  ['unvalidated-url', 'HarmlessAddresses', '"https://api.example.com/", StringC', '"https://api.example.com", StringC'],
  ['unvalidated-url', 'HarmlessAddresses', 'Check(u);', ''],
  ['command-injection', 'HarmlessCommands', '(Kind)Enum.Parse(typeof(Kind), kind)', 'kind'],
  ['command-injection', 'HarmlessCommands', 'Guid.Parse(id)', 'id'],
  ['command-injection', 'HarmlessCommands', 'if (map.TryGetValue(tool, out exe))', 'exe = tool;'],
  ['ldap-injection', 'HarmlessFilters', '"(cn=" + Escape(account)', '"(cn=" + account'],
  ['ldap-injection', 'HarmlessFilters', 'if (!account.All(char.IsLetterOrDigit))\n            return;', ''],
  ['connection-string-injection', 'HarmlessConnections', 'b.ConnectionString', '"Server=s;Database=" + db'],
  ['connection-string-injection', 'HarmlessConnections', 'if (!hosts.Contains(db))\n            return;', ''],
  ['connection-string-injection', 'HarmlessConnections', 'Security=true")', 'Security=true;Database=" + db)'],
  ['unsafe-deserialization', 'HarmlessObjects', 'Serializer()', 'Serializer(new SimpleTypeResolver())'],
  ['unsafe-deserialization', 'HarmlessObjects', 'new StringReader("<a/>")', 'new StringReader(xml)'],
  ['xml-external-entity', 'HarmlessSheets', 'new XsltSettings(false, false)', 'new XsltSettings(true, false)'],
  ['xml-external-entity', 'HarmlessSheets', '(sheet)));', '(sheet)), XsltSettings.TrustedXslt, null);'],
  ['type-name-injection', 'HarmlessTypes', 'types[name]', 'Type.GetType(name)'],
  ['type-name-injection', 'HarmlessTypes', 'if (name != "A" && name != "B")\n            name = "A";', ''],
  ['regex-injection', 'HarmlessPatterns', 'Regex.Escape(word)', 'word'],
  ['regex-injection', 'HarmlessPatterns', '.Select(Regex.Escape)', ''],
  ['regex-injection', 'HarmlessPatterns', 'if (!Regex.IsMatch(word, @"^\\w+$"))\n            return false;', ''],
];

const sources = new Map(
  [...new Set(edits.map(([rule]) => rule))].flatMap((rule) =>
    compiledSamplesOf([`docs/rules/${rule}.md`, `test/rules/${rule}.md`]).map(({ name, source }): [string, string] => [
      `${rule} ${name}`,
      source,
    ]),
  ),
);

for (const [rule, sample, from, to] of edits) {
  test(`${rule}, ${sample}: without ${from.split('\n')[0] ?? ''}`, () => {
    const source = sources.get(`${rule} ${sample}`) ?? assert.fail(`${rule} has no sample ${sample}`);
    assert.ok(source.includes(from), `${sample} has no ${from}`);
    const workspace = unsafeWorkspace(language, source);
    const found = (text: string): number => {
      workspace.set(sourceUri('a'), text);
      return workspace.findings(sourceUri('a')).filter((finding) => finding.rule === rule).length;
    };
    const before = found(source);
    assert.ok(found(source.replace(from, () => to)) > before, 'nothing more is found');
    assert.equal(found(source), before);
  });
}
