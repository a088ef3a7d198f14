// Types and parameters as the tables of knowledge/ write them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TypeRef } from '../../server/analysis/code/model.js';
import { parameterNames, shortTypeName } from '../../server/analysis/code/names.js';

function named(name: string, ...types: TypeRef[]): TypeRef {
  return { kind: 'named', name, assembly: 'mscorlib', arguments: types };
}

const byte = named('System.Byte');
const conventions: readonly (readonly [TypeRef, string])[] = [
  [named('System.Int32'), 'Int32'],
  [named('NoNamespace'), 'NoNamespace'],
  [named('System.Security.AccessControl.NativeObjectSecurity+ExceptionFromErrorCode'), 'ExceptionFromErrorCode'],
  [named('System.Converter`2', named('System.Type'), named('System.String')), 'Converter<Type,String>'],
  [named('System.Collections.Generic.IList`1', named('System.ArraySegment`1', byte)), 'IList<ArraySegment<Byte>>'],
  [
    named(
      'System.Action`1',
      named('System.Threading.AsyncLocalValueChangedArgs`1', { kind: 'typeParameter', index: 0 }),
    ),
    'Action<AsyncLocalValueChangedArgs<!0>>',
  ],
  [{ kind: 'array', element: byte, rank: 1 }, 'Byte[]'],
  [{ kind: 'array', element: byte, rank: 3 }, 'Byte[,,]'],
  [{ kind: 'array', element: { kind: 'array', element: byte, rank: 1 }, rank: 1 }, 'Byte[][]'],
  [{ kind: 'byReference', element: named('System.Boolean') }, 'Boolean&'],
  [{ kind: 'byReference', element: { kind: 'methodParameter', index: 0 } }, '!!0&'],
  [{ kind: 'pointer', element: named('System.Void') }, 'Void*'],
  [{ kind: 'typeParameter', index: 1 }, '!1'],
  [{ kind: 'functionPointer' }, '?'],
  [{ kind: 'unknown' }, '?'],
];

for (const [type, text] of conventions) {
  test(text, () => assert.equal(shortTypeName(type), text));
}

test('parameters of a method', () => {
  const method = { name: 'Enter', parameters: [named('System.Object'), byte], returns: named('System.Void') };
  assert.deepEqual(parameterNames(method), ['Object', 'Byte']);
  assert.deepEqual(parameterNames({ ...method, parameters: [] }), []);
});

test('a conversion says what it returns', () => {
  const parameters: readonly TypeRef[] = [{ kind: 'pointer', element: named('System.Void') }];
  const method = { name: 'op_Explicit', parameters, returns: named('System.IntPtr') };
  assert.deepEqual(parameterNames(method), ['Void*->IntPtr']);
});
