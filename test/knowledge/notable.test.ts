// Tables of what a reviewer wants to see: sorted, unique, and of types that the .NET Framework has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  hardlyThrowing,
  hardlyThrowingKinds,
  openingNamespaces,
} from '../../server/analysis/knowledge/failing-members.js';
import {
  findFrameworkNamespace,
  findFrameworkType,
  namespaceOf,
} from '../../server/analysis/knowledge/framework-types.js';
import { findNativeFunction, isExecutable, nativeFunctions } from '../../server/analysis/knowledge/native-functions.js';
import { findNotable, notableRows } from '../../server/analysis/knowledge/notable-members.js';
import { processStarters } from '../../server/analysis/knowledge/process-starters.js';
import { isPlaceholder, passwordIn, passwordInSql, secretArguments } from '../../server/analysis/knowledge/secrets.js';
import { findSensitivePlace, placeOpeners } from '../../server/analysis/knowledge/sensitive-places.js';
import { certificateCallbacks, protocolTypes } from '../../server/analysis/knowledge/tls.js';
import {
  findWeakName,
  makersByName,
  rsaKeyMakers,
  weakTypes,
} from '../../server/analysis/knowledge/weak-algorithms.js';

/** Not of the .NET Framework: installed beside it. */
const beside = ['System.Management.Automation.PowerShell', 'System.Management.Automation.Runspaces.Pipeline'];

test('every type is one of the .NET Framework', () => {
  const members = [...makersByName, ...rsaKeyMakers].map((member) => member.split('::')[0] ?? '');
  const types = [
    ...notableRows.map(([type]) => type),
    ...processStarters.map(({ type }) => type),
    ...secretArguments.map(([type]) => type),
    ...placeOpeners.map(([type]) => type),
    ...protocolTypes,
    ...certificateCallbacks,
    ...weakTypes.keys(),
    ...members,
  ];
  const unknown = types.filter(
    (type) =>
      !findFrameworkType(type) && findFrameworkNamespace(namespaceOf(type)).length === 0 && !beside.includes(type),
  );
  assert.deepEqual([...new Set(unknown)], []);
});

test('rows are sorted, and none stands twice', () => {
  const tables = [
    nativeFunctions.map(({ name }) => name.toLowerCase()),
    processStarters.map(({ type, member }) => `${type} ${member}`),
    secretArguments.map(([type, member]) => `${type} ${member}`),
    placeOpeners.map(([type, member]) => `${type} ${member}`),
    hardlyThrowing,
    hardlyThrowingKinds,
    openingNamespaces,
  ];
  for (const keys of tables) assert.deepEqual(keys, [...new Set(keys)].sort());
});

test('a native function is known by its library and either text form', () => {
  assert.equal(findNativeFunction('ADVAPI32.DLL', 'LogonUserW')?.name, 'LogonUser');
  assert.equal(findNativeFunction('kernel32', 'VirtualAlloc')?.name, 'VirtualAlloc');
  assert.equal(findNativeFunction('C:\\Windows\\System32\\kernel32.dll', 'CreateProcessA')?.name, 'CreateProcess');
  assert.equal(findNativeFunction('api-ms-win-core-memory-l1-1-0.dll', 'VirtualProtect')?.name, 'VirtualProtect');
  assert.equal(findNativeFunction('mine.dll', 'system'), undefined);
  assert.equal(findNativeFunction('kernel32.dll', 'Sleep'), undefined);
  const allocate = findNativeFunction('kernel32.dll', 'VirtualAlloc');
  assert.ok(allocate && isExecutable(allocate, 0x40) && !isExecutable(allocate, 0x04));
});

test('a member is notable by its name, or as any of its type', () => {
  assert.equal(findNotable('System.Threading.Thread', 'SetData'), 'thread state');
  assert.equal(findNotable('System.Threading.Thread', 'GetData'), undefined);
  assert.equal(findNotable('System.Reflection.Emit.TypeBuilder', 'DefineMethod'), 'code generation');
});

test('a hive is one at the root alone, and password hashes are those of logins', () => {
  assert.ok(findSensitivePlace('registry', 'SECURITY', true));
  assert.equal(findSensitivePlace('registry', 'SECURITY', false), undefined);
  assert.equal(findSensitivePlace('registry', 'SECURITY2', true), undefined);
  assert.ok(findSensitivePlace('sql', 'select password_hash from sys.sql_logins', true));
  assert.equal(findSensitivePlace('sql', 'select password_hash from dbo.Users', true), undefined);
});

test('passwords are found in connection strings and statements, placeholders are none', () => {
  assert.equal(passwordIn('Server=a;Pwd = "x y" ;Database=b'), 'x y');
  assert.equal(passwordIn('Provider=x;Jet OLEDB:Database Password=abc'), 'abc');
  assert.equal(passwordIn('Server=a;Persist Security Info=true'), undefined);
  assert.equal(passwordInSql("CREATE LOGIN a WITH PASSWORD = N'x', CHECK_POLICY = ON"), 'x');
  assert.equal(passwordInSql("EXEC sp_addlinkedsrvlogin @rmtsrvname = 'a', @rmtpassword = 'x'"), 'x');
  assert.equal(passwordInSql("UPDATE dbo.Users SET Password = 'x'"), undefined);
  for (const text of ['', '****', '{0}', '<password>', '$(Password)', '%PASSWORD%'])
    assert.ok(isPlaceholder(text), text);
  assert.ok(!isPlaceholder('S3cret!'));
});

test('algorithms are known by the names that CryptoConfig has', () => {
  assert.equal(findWeakName('3des')?.name, 'TripleDES');
  assert.equal(findWeakName('System.Security.Cryptography.MD5')?.name, 'MD5');
  assert.equal(findWeakName('SHA256'), undefined);
});
