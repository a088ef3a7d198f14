// Constant expressions, across files (C# specification, 12.23): literals, `const` fields, members of enumerations, and what is
// made of them.
import type { ConstantValue } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import type { Expression } from './nodes.js';
import { systemType, unknownType, type Context, type MemberSymbol } from './symbols.js';
import type { TypeSystem } from './type-system.js';

export interface Constant {
  readonly value: ConstantValue;
  readonly type: TypeRef;
}

const maximumDepth = 64;

const literalTypes = {
  string: 'String',
  char: 'Char',
  int: 'Int32',
  uint: 'UInt32',
  long: 'Int64',
  ulong: 'UInt64',
  float: 'Single',
  double: 'Double',
  decimal: 'Decimal',
  bool: 'Boolean',
} as const;

/** `local` tells what a `const` local of a name is made of. */
export function constantOf(
  node: Expression,
  system: TypeSystem,
  context: Context,
  local: (name: string) => Expression | 'variable' | undefined,
  depth = 0,
): Constant | undefined {
  if (depth > maximumDepth) return undefined;
  const inner = (one: Expression): Constant | undefined => constantOf(one, system, context, local, depth + 1);
  switch (node.kind) {
    case 'literal':
      if (node.type === 'null' || node.value === null) return undefined;
      return {
        value: node.value === true ? 1 : node.value === false ? 0 : node.value,
        type: systemType(literalTypes[node.type]),
      };
    case 'parenthesized':
    case 'checked':
    case 'unchecked':
      return inner(node.value);
    case 'name': {
      const own = local(node.name);
      if (own) return own === 'variable' ? undefined : inner(own);
      const field = constField(node.name, system, context);
      return field && memberConstant(field, system, depth + 1);
    }
    case 'member': {
      const type = typeNamed(node.target, system, context);
      const [member] = type ? system.membersNamed(type, node.name.name) : [];
      return member && memberConstant(member, system, depth);
    }
    case 'binary': {
      const left = inner(node.left);
      const right = left && inner(node.right);
      return left && right && computed(node.operator, left, right);
    }
    case 'unary': {
      const value = inner(node.value);
      if (!value || typeof value.value === 'string' || value.value === null) return undefined;
      if (node.operator === '-') return { value: -value.value, type: value.type };
      if (node.operator === '~') return { value: ~value.value, type: value.type };
      return node.operator === '+' ? value : undefined;
    }
    case 'cast': {
      const value = inner(node.value);
      const type = value && system.typeOf(node.type, context);
      return type?.kind === 'named' && type.name.startsWith('System.') && !objects.has(type.name)
        ? { value: value?.value ?? null, type }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Of a `const` field of the sources, or of the framework. */
export function memberConstant(member: MemberSymbol, system: TypeSystem, depth = 0): Constant | undefined {
  if (member.constant !== undefined && member.constant !== null) return { value: member.constant, type: member.type };
  const { source } = member;
  if (!source?.modifiers.includes('const')) return undefined;
  if (!source.value || system.kindOf(member.declaring) === 'enum') return enumConstant(member, system, depth);
  const found = constantOf(source.value, system, source.context, () => undefined, depth + 1);
  return found && { value: found.value, type: member.type };
}

/** A member without a value is one more than the one before it. */
function enumConstant(member: MemberSymbol, system: TypeSystem, depth: number): Constant | undefined {
  const type = system.declared(member.declaring.name);
  const { source } = member;
  if (!type || !source) return undefined;
  const value = system
    .enumValues(type, (known) => {
      let next: number | undefined = 0;
      for (const { name, value: written } of type.parts.flatMap(({ enumMembers }) => enumMembers)) {
        const given = written && constantOf(written, system, source.context, () => undefined, depth + 1)?.value;
        if (written) next = typeof given === 'number' ? given : undefined;
        if (next !== undefined) known.set(name, next++);
      }
    })
    .get(member.name);
  return value === undefined ? undefined : { value, type: member.type };
}

/** A `const` of the type around, by its simple name. */
function constField(name: string, system: TypeSystem, context: Context): MemberSymbol | undefined {
  for (let type = context.type; type; type = type.outer) {
    const [member] = system.membersNamed(system.instanceOf(type), name);
    if (member) return member.constant !== undefined || member.source?.modifiers.includes('const') ? member : undefined;
  }
  return undefined;
}

function typeNamed(node: Expression, system: TypeSystem, context: Context): TypeRef | undefined {
  if (node.kind === 'type') return system.typeOf(node.type, context);
  if (node.kind === 'name') {
    const found = system.resolve(node.name, [], context);
    return found?.kind === 'type' ? found.type : undefined;
  }
  if (node.kind !== 'member') return undefined;
  const outer = resolvedMember(node.target, system, context);
  const found = outer && system.member(outer, node.name.name, []);
  return found?.kind === 'type' ? found.type : undefined;
}

function resolvedMember(node: Expression, system: TypeSystem, context: Context): ReturnType<TypeSystem['resolve']> {
  if (node.kind === 'name') return system.resolve(node.name, [], context);
  if (node.kind !== 'member') return undefined;
  const outer = resolvedMember(node.target, system, context);
  return outer && system.member(outer, node.name.name, []);
}

/** Types whose casts are calls, or make objects. */
const objects: ReadonlySet<string> = new Set([
  'System.IntPtr',
  'System.UIntPtr',
  'System.Object',
  'System.Decimal',
  'System.Nullable`1',
]);

function computed(operator: string, left: Constant, right: Constant): Constant | undefined {
  const [a, b] = [left.value, right.value];
  if (operator === '+' && (typeof a === 'string' || typeof b === 'string'))
    return { value: `${a ?? ''}${b ?? ''}`, type: systemType('String') };
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  const value = arithmetic[operator]?.(a, b);
  return value === undefined || !Number.isFinite(value)
    ? undefined
    : { value, type: left.type.kind === 'unknown' ? unknownType : left.type };
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
};
