// What builds a database: packages as documents that are only read, and project files.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { dacpac } from '../support/packages.js';
import { findings, hoverAt, open, positionOf, ruleOf, settled } from './editor.js';

const login = "CREATE LOGIN Clerk WITH PASSWORD = '$(ClerkPassword)';\nGO\n";
const grant = 'USE master;\nGO\nGRANT UNSAFE ASSEMBLY TO Clerk;\nGO\nALTER DATABASE Payroll SET TRUSTWORTHY ON;\n';

function file(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, 'Packed.dacpac');
}

/** What is found in the parts of the package, by part and rule. */
function found(): readonly string[] {
  return vscode.languages
    .getDiagnostics()
    .filter(([uri]) => uri.scheme === 'sqlclr-package')
    .flatMap(([{ path }, diagnostics]) => diagnostics.map((each) => `${path.split('/').at(-1)} ${ruleOf(each)}`));
}

const isFound = (what: string): boolean => found().includes(what);

suite('packages', () => {
  setup(async () => {
    await open('01-trust.sql');
    await vscode.workspace.fs.writeFile(file(), dacpac({ before: login, after: grant }));
    await settled(() => isFound('postdeploy.sql trustworthy-database'), 'the finding in the package');
  });

  teardown(async () => {
    await vscode.workspace.fs.delete(file()).then(undefined, () => {});
    await settled(() => found().length === 0, 'nothing of the package is left');
  });

  async function shown(part: string): Promise<vscode.TextDocument> {
    const [uri] =
      vscode.languages.getDiagnostics().find(([each]) => each.path.endsWith(`/Packed.dacpac/${part}`)) ?? [];
    assert.ok(uri, `nothing is found in ${part}`);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    return document;
  }

  test('are T-SQL to read, with hovers, and lead from part to part', async () => {
    const document = await shown('postdeploy.sql');
    assert.strictEqual(document.getText(), grant);
    assert.strictEqual(document.languageId, 'sql');
    const [trustworthy] = await findings(document, 'trustworthy-database');
    assert.strictEqual(trustworthy?.range.start.line, 4);
    assert.ok((await hoverAt(document, positionOf(document, 'UNSAFE ASSEMBLY'))).includes('UNSAFE'));
    const leads = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      positionOf(document, 'Clerk'),
    );
    const paths = leads.map((lead) => ('uri' in lead ? lead.uri : lead.targetUri).path);
    assert.ok(
      paths.some((path) => path.endsWith('/Packed.dacpac/predeploy.sql')),
      paths.join(),
    );
  });

  test('are followed, open or not', async () => {
    const document = await shown('postdeploy.sql');
    await vscode.workspace.fs.writeFile(file(), dacpac({ before: grant, after: login }));
    await settled(() => document.getText() === login, 'the text that the package has now');
    await settled(() => isFound('predeploy.sql trustworthy-database'), 'the finding where it is now');
    assert.ok(!isFound('postdeploy.sql trustworthy-database'));
  });

  test('of one script are shown by the command', async () => {
    await vscode.workspace.fs.writeFile(file(), dacpac({}));
    await settled(() => found().length === 0, 'the package that holds nothing');
    await vscode.commands.executeCommand('sqlclr.showPackage', file());
    const path = vscode.window.activeTextEditor?.document.uri.path;
    assert.ok(path?.endsWith('/Packed.dacpac/model.sql'), path);
  });
});

suite('project files', () => {
  test('a project whose package will lack its assembly is told so', async () => {
    const uri = file().with({ path: file().path.replace(/[^/]*$/, 'Letters.sqlproj') });
    const text =
      '<Project Sdk="Microsoft.Build.Sql/2.1.0">\n  <ItemGroup><Compile Include="Letters.cs" /></ItemGroup>\n</Project>\n';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const document = await open('Letters.sqlproj');
    const [left] = await findings(document, 'unpackaged-assembly');
    assert.strictEqual(left?.message, 'Microsoft.Build.Sql 2.1.0 leaves assembly Letters out of the package');
    assert.strictEqual(document.getText(left.range), 'Microsoft.Build.Sql/2.1.0');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(uri);
  });
});
