// Custom attributes whose bytes do not say how wide they are: test/assemblies/Widths.cs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';

const { image, errors } = readAssembly(readFileSync('test/assemblies/Widths.dll'), nodePlatform);
const marked = image?.code.types.find((type) => type.name === 'Widths.Marked');

test('an enumeration of another assembly that is a byte', () => {
  assert.deepEqual(errors, []);
  const rules = image?.code.attributes.find((attribute) => attribute.type === 'System.Security.SecurityRulesAttribute');
  assert.deepEqual(rules?.arguments, [{ kind: 'number', value: 2 }]);
  assert.deepEqual(rules?.named, [{ name: 'SkipVerificationInFullTrust', value: { kind: 'boolean', value: true } }]);
});

test('an enumeration of its own that is a short', () => {
  const [attribute] = marked?.attributes ?? [];
  assert.deepEqual(attribute?.arguments, [{ kind: 'number', value: 2 }]);
  assert.deepEqual(attribute?.named, [{ name: 'Note', value: { kind: 'string', value: 'own' } }]);
});

test('a permission asserted', () => {
  const [security] = marked?.methods.find((method) => method.name === 'Asserts')?.security ?? [];
  assert.equal(security?.action, 'Assert');
  assert.equal(security?.permissions[0]?.type, 'System.Security.Permissions.SecurityPermissionAttribute');
  assert.deepEqual(security?.permissions[0]?.named, [{ name: 'Flags', value: { kind: 'number', value: 2 } }]);
});
