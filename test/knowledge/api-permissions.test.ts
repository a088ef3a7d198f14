// Every row of .ci/knowledge about permissions is what the look-up answers, and what has no row has no answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findApiRequirement, type ApiRequirement } from '../../server/analysis/knowledge/api-permissions.js';
import { cell, fullName, knowledgeRows } from '../support/csv.js';

const given = knowledgeRows('api-permissions');
const reviewed = knowledgeRows('reviewed-members');
const api = [...given, ...reviewed];
const safeTypes = [...knowledgeRows('safe-types'), ...knowledgeRows('reviewed-types')];
const protectedMembers = knowledgeRows('hpa').filter(
  (row) =>
    /^(?:public|protected)$/.test(cell(row, 'visibility')) &&
    cell(row, 'supported_assembly') === '1' &&
    cell(row, 'in_ref48') === '1',
);

/** Where hpa.csv has flags of a member that its row in api-permissions.csv does not tell. */
const completed: Readonly<Record<string, string>> = {
  'System.Diagnostics.Trace::get_Listeners': 'HPA SharedState; SecurityPermission(UnmanagedCode)',
};

test('a member or overload has one row', () => {
  const keys = api.map((row) => `${fullName(row)}::${cell(row, 'clr_name')}(${cell(row, 'params')})`);
  assert.equal(given.length, 1736);
  assert.equal(new Set(keys).size, keys.length);
});

test('our rows fill gaps: they come before no row of the tables that we were given', () => {
  const hasRow = (row: (typeof api)[number], member: string) =>
    given.some(
      (each) => fullName(each) === fullName(row) && cell(each, 'clr_name') === member && cell(each, 'params') === '*',
    );
  const safe = new Set(knowledgeRows('safe-types').map(fullName));
  for (const row of reviewed) {
    assert.ok(!hasRow(row, cell(row, 'clr_name')), `${fullName(row)}::${cell(row, 'clr_name')}`);
    if (cell(row, 'clr_name') === '*') assert.ok(!safe.has(fullName(row)), fullName(row));
  }
  for (const row of knowledgeRows('reviewed-types')) {
    assert.ok(!safe.has(fullName(row)) && !hasRow(row, '*'), fullName(row));
  }
});

test('our rows name the source that was read, where they do not rest on attributes', () => {
  const read = [...reviewed, ...knowledgeRows('reviewed-types')].filter((row) => row['evidence'] !== 'declarative');
  for (const row of read) assert.match(cell(row, 'source'), /^\S+\.(?:cs|vb)( \S+\.cs)?$/, fullName(row));
});

test('every row is found as it is', () => {
  for (const row of api) {
    const name = fullName(row);
    const member = cell(row, 'clr_name');
    const parameters = cell(row, 'params');
    const found =
      parameters === '*'
        ? findApiRequirement(name.replace('*', 'AnyType'), member === '*' ? 'no member' : member, ['no parameter'])
        : findApiRequirement(name, member, positional(name, parameters));
    const { checks: _, hostProtection: __, isDoubtful: ___, ...told } = found ?? assert.fail(name);
    assert.deepEqual(
      told,
      {
        permissionSet: cell(row, 'min_permission_set'),
        reason: completed[`${name}::${member}`] ?? cell(row, 'reason'),
        confidence: cell(row, 'confidence'),
        note: cell(row, 'note'),
        row:
          cell(row, 'type') === '*'
            ? 'namespace'
            : member === '*'
              ? 'type'
              : parameters === '*'
                ? 'member'
                : 'overload',
      },
      `${name}::${member}(${parameters})`,
    );
  }
});

test('every type without a finding is SAFE where no row says otherwise', () => {
  const own = new Set(api.filter((row) => cell(row, 'clr_name') === '*').map(fullName));
  for (const row of safeTypes.filter((each) => !own.has(fullName(each)))) {
    const found = findApiRequirement(fullName(row), 'no member', []);
    assert.equal(found?.permissionSet, 'SAFE', fullName(row));
    assert.equal(found.row, 'safe-type');
    assert.equal(found.reason, cell(row, 'evidence'));
  }
});

test('every member under host protection needs UNSAFE, or is refused, and has its own flags', () => {
  assert.equal(protectedMembers.length, 801);
  for (const row of protectedMembers) {
    const found = requirementOf(row);
    assert.match(found.permissionSet, /^(?:UNSAFE|NONE)$/, fullName(row));
    assert.ok(found.checks.includes('host-protection'), fullName(row));
    assert.deepEqual([...found.hostProtection].sort(), cell(row, 'flags').split(';').sort(), fullName(row));
  }
});

test('what is documented as disallowed needs UNSAFE for host protection', () => {
  const without: string[] = [];
  const documented = knowledgeRows('disallowed-members').filter((row) => cell(row, 'publicly_reachable') === 'yes');
  assert.equal(documented.length, 436);
  for (const row of documented) {
    for (const found of documentedRequirements(cell(row, 'namespace_type'), cell(row, 'member'))) {
      if (found?.permissionSet === 'UNSAFE' && found.checks.includes('host-protection')) continue;
      const told = `${cell(row, 'namespace_type')} ${cell(row, 'net48_check')}: ${found?.permissionSet ?? 'unknown'}`;
      without.push(told);
    }
  }
  const why = 'type-has-no-HPA-in-net48-reference-assembly';
  assert.deepEqual(without.sort(), [
    `Microsoft.Win32.SafeHandles.SafeProcessHandle ${why}: unknown`,
    `System.Security.Cryptography.Aes ${why}: SAFE`,
    `System.Security.Cryptography.AesManaged ${why}: SAFE`,
  ]);
});

test('host protection of an overload comes before a row of its type', () => {
  const type = 'Microsoft.VisualBasic.Logging.FileLogTraceListener';
  assert.equal(findApiRequirement(type, 'Dispose', [])?.permissionSet, 'SAFE');
  assert.equal(findApiRequirement(type, 'Dispose', ['Boolean'])?.permissionSet, 'UNSAFE');
  const pipe = 'System.IO.Pipes.PipeStream';
  const begin = ['Byte[]', 'Int32', 'Int32', 'AsyncCallback', 'Object'];
  assert.deepEqual(findApiRequirement(pipe, 'BeginRead', begin)?.hostProtection, ['ExternalThreading']);
  assert.deepEqual(findApiRequirement(pipe, 'Read', [])?.hostProtection, ['MayLeakOnAbort']);
});

test('what only some members have is not told of the whole type', () => {
  const checksOf = (type: string, member: string) => findApiRequirement(type, member, [])?.checks;
  assert.deepEqual(checksOf('System.Console', 'Beep'), ['host-protection']);
  assert.deepEqual(checksOf('System.Console', 'Clear'), ['demand']);
  assert.deepEqual(checksOf('System.IO.Ports.SerialPort', '.ctor'), ['demand']);
});

test('overload, member, type, namespace, type without a finding', () => {
  const rowOf = (type: string, member: string, ...parameters: string[]) =>
    findApiRequirement(type, member, parameters)?.row;
  assert.equal(rowOf('System.IO.StreamWriter', '.ctor', 'String'), 'overload');
  assert.equal(rowOf('System.IO.StreamWriter', '.ctor', 'Stream'), 'type');
  assert.equal(rowOf('System.Diagnostics.Trace', 'get_Listeners'), 'member');
  assert.equal(rowOf('System.Diagnostics.Trace', 'WriteLine', 'String'), 'type');
  assert.equal(rowOf('System.Drawing.Bitmap', '.ctor', 'Int32', 'Int32'), 'namespace');
  assert.equal(rowOf('System.Collections.Generic.SortedDictionary`2', '.ctor'), 'safe-type');
});

test('nothing is answered for what is not known, and nothing is inherited', () => {
  assert.equal(findApiRequirement('Contoso.Thing', 'Do', []), undefined);
  assert.equal(findApiRequirement('', '', []), undefined);
  assert.equal(findApiRequirement('System.Drawing', 'x', []), undefined);
  // Public, and nobody has read what it does.
  assert.equal(findApiRequirement('System.Security.Policy.Evidence', '.ctor', []), undefined);
  assert.equal(findApiRequirement('System.Threading.Monitor+Nested', 'Enter', ['Object']), undefined);
});

test('what code of a database uses every day is known', () => {
  const setOf = (type: string, member: string, ...parameters: string[]) =>
    findApiRequirement(type, member, parameters)?.permissionSet;
  assert.equal(setOf('System.Collections.Generic.Dictionary`2', 'Add', '!0', '!1'), 'SAFE');
  assert.equal(setOf('System.ArgumentException', '.ctor', 'String', 'String'), 'SAFE');
  assert.equal(setOf('System.Exception', 'get_Message'), 'SAFE');
  assert.equal(setOf('System.Exception', 'GetObjectData', 'SerializationInfo', 'StreamingContext'), 'UNSAFE');
  assert.equal(setOf('System.Data.SqlClient.SqlException', 'get_Number'), 'SAFE');
  assert.equal(setOf('System.Xml.Linq.XElement', 'Load', 'TextReader'), 'SAFE');
  assert.equal(setOf('System.Xml.Linq.XElement', 'Load', 'String'), 'EXTERNAL_ACCESS');
  assert.equal(
    setOf('System.Data.DataSet', 'GetObjectData', 'SerializationInfo', 'StreamingContext'),
    'EXTERNAL_ACCESS',
  );
});

test('reasons name the checks', () => {
  const checksOf = (type: string, member = 'no member', ...parameters: string[]) =>
    findApiRequirement(type, member, parameters)?.checks;
  assert.deepEqual(checksOf('System.Threading.Monitor', 'Enter', 'Object'), ['host-protection']);
  assert.deepEqual(checksOf('System.Diagnostics.Trace', 'get_Listeners'), ['host-protection', 'demand']);
  assert.deepEqual(checksOf('Microsoft.CSharp.CSharpCodeProvider'), ['link-demand']);
  assert.deepEqual(checksOf('System.AppDomain', 'get_PermissionSet'), ['security-critical']);
  assert.deepEqual(checksOf('System.IO.StreamWriter', '.ctor', 'String'), ['demand']);
  assert.deepEqual(checksOf('System.Net.Http.HttpClient', '.ctor'), ['registration']);
  assert.deepEqual(checksOf('System.Reflection.Emit.AssemblyBuilder', 'DefineDynamicAssembly'), [
    'host-protection',
    'disabled',
  ]);
  // What the framework does inside is checked for the stack, not for the call.
  assert.deepEqual(checksOf('System.Globalization.CultureInfo', 'set_CurrentCulture', 'CultureInfo'), ['demand']);
});

test('SAFE has no check; whatever else has one, but for what cannot be called at all', () => {
  const bare = api.flatMap((row) => {
    const found = findApiRequirement(
      fullName(row),
      cell(row, 'clr_name'),
      positional(fullName(row), cell(row, 'params')),
    );
    if (found?.permissionSet === 'SAFE') assert.deepEqual(found.checks, [], fullName(row));
    return found && found.permissionSet !== 'SAFE' && found.checks.length === 0 ? [found.reason] : [];
  });
  assert.deepEqual([...new Set(bare)].sort(), [
    'HPA ExternalThreading on ctor/Start/Stop',
    'Reflection.Emit to a TypeBuilder',
    'needs a MethodBuilder (HPA MayLeakOnAbort)',
    'needs a WindowsIdentity instance, obtained with SecurityPermission(ControlPrincipal)',
  ]);
});

function requirementOf(row: Parameters<typeof cell>[0]): ApiRequirement {
  const name = fullName(row);
  const member = cell(row, 'clr_name') || 'no member';
  return findApiRequirement(name, member, positional(name, cell(row, 'params'))) ?? assert.fail(name);
}

/** Of a whole type, or of every overload and accessor that a table names. */
function documentedRequirements(type: string, member: string): readonly (ApiRequirement | undefined)[] {
  if (member === '*') return [findApiRequirement(type, 'no member', [])];
  const rows = [...protectedMembers, ...api].filter(
    (row) => fullName(row) === type && cell(row, 'member') === member && cell(row, 'params') !== '*',
  );
  return rows.length > 0 ? rows.map(requirementOf) : [findApiRequirement(type, member, [])];
}

/** Parameters as a caller hands them in: type parameters by position, no variable argument list. */
function positional(type: string, parameters: string): readonly string[] {
  const fixed = parameters.replace(/,$/, '');
  return fixed === '' ? [] : fixed.replace(/\bT\b/g, type.includes('`') ? '!0' : '!!0').split(',');
}
