// A deployment script in the editor: what is found, explained, repaired and outlined.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { chosenFix, findings, hoverAt, noFindings, open, positionOf, quickFixes, ruleOf, settled } from './editor.js';

const trust = '01-trust.sql';
const assemblies = '02-assembly.sql';
const hotfix = '05-hotfix.sql';

suite('diagnostics', () => {
  test('carry a code with its page, a severity and a source', async () => {
    const document = await open(trust);
    const [found] = await findings(document, 'trustworthy-database');
    assert.ok(found);
    assert.strictEqual(found.source, 'sqlclr');
    assert.strictEqual(found.severity, vscode.DiagnosticSeverity.Warning);
    assert.strictEqual(found.range.start.line, positionOf(document, 'ALTER DATABASE Payroll SET TRUSTWORTHY').line);
    assert.ok(typeof found.code === 'object', 'the code has no page');
    assert.ok(found.code.target.path.endsWith('/rules/trustworthy-database.html'), found.code.target.toString());
  });

  test('name what they rest on in another file', async () => {
    const document = await open(trust);
    const [mismatch] = await findings(document, 'trusted-hash-mismatch');
    const [related] = mismatch?.relatedInformation ?? [];
    assert.ok(related, 'nothing is related');
    assert.ok(related.location.uri.path.endsWith(assemblies), related.location.uri.path);
  });

  test('say what is inside an embedded assembly', async () => {
    const document = await open(assemblies);
    const messages = (await findings(document, 'mutable-static-field')).map(({ message }) => message);
    assert.ok(
      messages.some((message) => message.includes('lastRate')),
      messages.join(),
    );
  });

  test('are not given to T-SQL without anything of the field', async () => {
    const document = await open('plain.sql');
    await open(trust);
    await settled();
    assert.deepStrictEqual(vscode.languages.getDiagnostics(document.uri).map(ruleOf), []);
  });

  test('follow the settings', async () => {
    const document = await open('settings.sql');
    const rules = vscode.workspace.getConfiguration('sqlclr');
    await findings(document, 'trustworthy-database');
    await rules.update('rules', { 'trustworthy-database': 'off' }, vscode.ConfigurationTarget.Global);
    await noFindings(document, 'trustworthy-database');
    await rules.update('rules', { 'trustworthy-database': 'error' }, vscode.ConfigurationTarget.Global);
    const [found] = await findings(document, 'trustworthy-database');
    assert.strictEqual(found?.severity, vscode.DiagnosticSeverity.Error);
    await rules.update('rules', undefined, vscode.ConfigurationTarget.Global);
    await settled(
      () => vscode.languages.getDiagnostics(document.uri)[0]?.severity === vscode.DiagnosticSeverity.Warning,
      'the severity the rule has by default',
    );
  });

  test('are turned off and on, and can wait until the file is saved', async () => {
    const document = await open('settings.sql');
    const configuration = vscode.workspace.getConfiguration('sqlclr');
    await findings(document, 'trustworthy-database');
    await vscode.commands.executeCommand('sqlclr.toggleFindings');
    await noFindings(document, 'trustworthy-database');
    await vscode.commands.executeCommand('sqlclr.toggleFindings');
    await findings(document, 'trustworthy-database');
    const files = vscode.workspace.getConfiguration('files');
    await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    await configuration.update('run', 'onSave', vscode.ConfigurationTarget.Global);
    await settled(); // The server asks what is set.
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "EXEC sp_configure 'clr enabled', 1;\n");
    await vscode.workspace.applyEdit(edit);
    await settled();
    await noFindings(document, 'clr-enabled');
    await document.save();
    await findings(document, 'clr-enabled');
    const back = new vscode.WorkspaceEdit();
    back.delete(document.uri, new vscode.Range(0, 0, 1, 0));
    await vscode.workspace.applyEdit(back);
    await document.save();
    await configuration.update('run', undefined, vscode.ConfigurationTarget.Global);
    await files.update('autoSave', undefined, vscode.ConfigurationTarget.Global);
    await noFindings(document, 'clr-enabled');
  });

  test('what a report wants is put together, without a path', async () => {
    await vscode.commands.executeCommand('sqlclr.collectInformation');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.ok(/^- SQLCLR Lint \d+\.\d+\.\d+$/m.test(text), text);
    assert.ok(/^- Server: running$/m.test(text), text);
    assert.ok(/^- Read: \d+ scripts, \d+ assembly files$/m.test(text), text);
    assert.ok(!/payroll|file:|[\\/]tmp/i.test(text), text);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

suite('hover', () => {
  test('explains a permission set', async () => {
    const document = await open(hotfix);
    const text = await hoverAt(document, positionOf(document, 'UNSAFE').translate(0, 2));
    assert.ok(text.includes('UNSAFE'), text);
  });

  test('reads the identity out of an assembly literal', async () => {
    const document = await open(assemblies);
    const markdown = await hoverAt(document, positionOf(document, '0x4D5A').translate(0, 20));
    const text = markdown.replaceAll('\\', '');
    assert.ok(text.includes('Payroll.Calculation'), text);
    assert.ok(text.includes('3.2.0.0'), text);
    assert.ok(text.includes('SHA2_512'), text);
  });
});

suite('quick fix', () => {
  test('is offered, and takes the finding away', async () => {
    const document = await open(trust);
    const [found] = await findings(document, 'trustworthy-database');
    assert.ok(found);
    const fix = (await quickFixes(document, found)).find(({ isPreferred }) => isPreferred);
    assert.ok(fix?.edit, 'no fix is preferred');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await noFindings(document, 'trustworthy-database');
    assert.ok(document.getText().includes('ALTER DATABASE Payroll SET TRUSTWORTHY OFF'));
    await vscode.commands.executeCommand('undo');
    await findings(document, 'trustworthy-database');
  });

  test('suppresses, and the finding is gone as well', async () => {
    const document = await open(trust);
    const [found] = await findings(document, 'trustworthy-database');
    assert.ok(found);
    const suppress = (await quickFixes(document, found)).find(({ edit, isPreferred }) => edit && !isPreferred);
    assert.ok(suppress?.edit, 'nothing suppresses');
    assert.ok(await vscode.workspace.applyEdit(suppress.edit));
    await noFindings(document, 'trustworthy-database');
    assert.ok(document.getText().includes('sqlclr-disable'));
    await vscode.commands.executeCommand('undo');
  });
});

suite('bytes in the place of a path', () => {
  const at = (name: string): vscode.Uri => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    return vscode.Uri.joinPath(folder.uri, name);
  };
  const added = ['Widths.dll', 'widths.sql'];

  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const name of added) await vscode.workspace.fs.delete(at(name));
  });

  test('are those of the file, byte for byte, and the finding is gone', async () => {
    const bytes = await vscode.workspace.fs.readFile(at('bin/Widths.dll'));
    const head = 'CREATE ASSEMBLY Widths FROM ';
    const tail = ' WITH PERMISSION_SET = SAFE;\r\n';
    const text = `${head}'C:\\drop\\Widths.dll'${tail}`;
    for (const [name, content] of [
      ['Widths.dll', bytes],
      ['widths.sql', new TextEncoder().encode(text)],
    ] as const)
      await vscode.workspace.fs.writeFile(at(name), content);
    const document = await open('widths.sql');
    const [found] = await findings(document, 'assembly-from-file');
    assert.ok(found);
    const fix = await chosenFix(document, found, 'Put the bytes of Widths.dll in the place of the path');
    assert.ok(fix?.edit, 'no fix writes the bytes');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await noFindings(document, 'assembly-from-file');
    const written = document.getText();
    assert.ok(written.startsWith(`${head}0x4D5A`) && written.endsWith(tail), written.slice(0, 80));
    const digits = written.slice(head.length + 2, -tail.length).replaceAll('\\\r\n', '');
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    assert.strictEqual(digits.toLowerCase(), hex);
  });
});

suite('outline', () => {
  test('names the assemblies of a script', async () => {
    const { uri } = await open(assemblies);
    const provider = 'vscode.executeDocumentSymbolProvider';
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(provider, uri);
    const names = symbols.map(({ name }) => name);
    for (const name of ['Payroll.Calculation', 'Payroll.Export']) assert.ok(names.includes(name), names.join());
  });

  test('folds the lines of an assembly literal', async () => {
    const document = await open(assemblies);
    const provider = 'vscode.executeFoldingRangeProvider';
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(provider, document.uri);
    const first = document
      .getText()
      .split(/\r?\n/)
      .findIndex((line) => /^FROM 0x.*\\$/.test(line));
    const literal = ranges.find(({ start }) => start === first);
    assert.ok(literal && literal.end > first + 10, JSON.stringify(ranges));
  });
});
