// What SQL Server does with attributes, and what it gives to code: rows of members that the .NET Framework has, all of them told.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFramework } from '../../server/analysis/csharp/framework-table.js';
import { findError } from '../../server/analysis/knowledge/errors.js';
import { contextConnection, contextMembers } from '../../server/analysis/knowledge/server-context.js';
import { sqlClrAttributes } from '../../server/analysis/knowledge/sqlclr-attributes.js';
import { allRules } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const rules = allRules(nodePlatform);

const framework = readFramework(new Uint8Array(readFileSync('data/framework-members.bin')));

/** Properties that an attribute can set, its bases' among them, and what its constructor takes. */
function settable(name: string): readonly string[] {
  const type = framework.findType(name);
  assert.ok(type, name);
  const base = type.base?.kind === 'named' && type.base.name.startsWith('Microsoft.') ? settable(type.base.name) : [];
  const taken = type.members
    .filter(({ kind }) => kind === 'constructor')
    .flatMap(({ parameters }) => parameters.map((parameter) => parameter.name.replace(/^./, (c) => c.toUpperCase())));
  return [...base, ...taken, ...type.members.filter(({ hasSetter }) => hasSetter).map((member) => member.name)];
}

/** Inherited, and about table-valued functions, which no type has. */
const untold: readonly string[] = ['SqlMethodAttribute FillRowMethodName', 'SqlMethodAttribute TableDefinition'];

test('every property of every attribute is told, and no other', () => {
  for (const { type, properties } of sqlClrAttributes) {
    if (!type.startsWith('Microsoft.SqlServer.Server.')) continue;
    const short = type.slice('Microsoft.SqlServer.Server.'.length);
    const expected = settable(type).filter((name) => !untold.includes(`${short} ${name}`));
    assert.deepEqual(properties.map(({ name }) => name).sort(), [...new Set(expected)].sort(), type);
  }
});

test('values of enumerations have the framework’s names and numbers', () => {
  for (const { values } of sqlClrAttributes.flatMap(({ properties }) => properties)) {
    if (!values) continue;
    const members = framework.findType(`Microsoft.SqlServer.Server.${values.type}`)?.members ?? [];
    const constants = members.filter(({ constant }) => constant !== undefined);
    assert.deepEqual(
      constants.map(({ name, constant }) => `${String(constant)} ${name}`).sort(),
      values.names.map((name, number) => `${number} ${name}`),
    );
  }
});

test('members that code is given are the framework’s, each in one row', () => {
  const keys = contextMembers.flatMap(({ type, members }) => members.map((member) => `${type}::${member}`));
  assert.equal(new Set(keys).size, keys.length);
  for (const { type, members } of contextMembers) {
    const known = framework.findType(type)?.members.map(({ name }) => name) ?? [];
    for (const member of members) assert.ok(known.includes(member.replace(/^get_/, '')), `${type}::${member}`);
  }
});

test('rules and messages that are named are known, and the text is no Markdown but what it is meant to be', () => {
  const names = new Set(rules.map(({ name }) => name));
  const properties = sqlClrAttributes.flatMap((attribute) => attribute.properties);
  for (const rule of [...sqlClrAttributes, ...properties].flatMap((one) => one.rules ?? []))
    assert.ok(names.has(rule), rule);
  const texts = [
    ...sqlClrAttributes.map(({ does }) => does),
    ...properties.flatMap(({ does, leftOut = '', refused = '' }) => [does, leftOut, refused]),
    ...[contextConnection, ...contextMembers].flatMap(({ what, details }) => [what, ...details]),
  ];
  for (const text of texts) {
    assert.doesNotMatch(text, /[*`[\]<>\\$]/);
    for (const [, number] of text.matchAll(/Msg (\d+)/g)) assert.ok(findError(Number(number)), text);
  }
});
