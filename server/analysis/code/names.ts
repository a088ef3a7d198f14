// Types as the tables of knowledge/ write them: short CLR names.
import type { MethodRef } from './body.js';
import type { TypeRef } from './model.js';

/**
 * The last name only, without its arity: `Int32`, `ExceptionFromErrorCode` for a nested type, `IList<ArraySegment<Byte>>`,
 * `Byte[]`, `Int32[,]`, `Boolean&` (`ref` and `out`), `Void*`, `!0` for a type parameter of the type and `!!0` for one of the
 * method. What cannot be named is `?`, which no table has.
 */
export function shortTypeName(type: TypeRef): string {
  switch (type.kind) {
    case 'named': {
      const name = type.name.slice(Math.max(type.name.lastIndexOf('.'), type.name.lastIndexOf('+')) + 1);
      const plain = name.replace(/`\d+$/, '');
      return type.arguments.length === 0 ? plain : `${plain}<${type.arguments.map(shortTypeName).join(',')}>`;
    }
    case 'array':
      return `${shortTypeName(type.element)}[${','.repeat(type.rank - 1)}]`;
    case 'pointer':
      return `${shortTypeName(type.element)}*`;
    case 'byReference':
      return `${shortTypeName(type.element)}&`;
    case 'typeParameter':
      return `!${type.index}`;
    case 'methodParameter':
      return `!!${type.index}`;
    case 'functionPointer':
    case 'unknown':
      return '?';
  }
}

/** What tells overloads apart: the parameters; of a conversion operator also what it returns (`Void*->IntPtr`). */
export function parameterNames(method: Pick<MethodRef, 'name' | 'parameters' | 'returns'>): readonly string[] {
  const names = method.parameters.map(shortTypeName);
  if (method.name !== 'op_Explicit' && method.name !== 'op_Implicit') return names;
  return names.map((name) => `${name}->${shortTypeName(method.returns)}`);
}

/** `Namespace.Type::Name(String,Int32)`. */
export function memberText(method: MethodRef): string {
  const type = method.type.kind === 'named' ? method.type.name : shortTypeName(method.type);
  return `${type}::${method.name}(${method.parameters.map(shortTypeName).join(',')})`;
}
