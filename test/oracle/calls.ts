// C# that calls one member of the .NET Framework: a class on one line, of which one method does nothing else.
import { isVoid, type MethodDef, type TypeDef, type TypeRef } from '../../server/analysis/code/model.js';
import { shortTypeName } from '../../server/analysis/code/names.js';

export interface Attempt {
  /** `System.IO.Stream::Write(Byte[],Int32,Int32)`. */
  readonly member: string;
  /** The method of the class that calls it. */
  readonly caller: 'Call' | '.ctor';
  readonly sourceOf: (className: string) => string;
}

/** What stands for a type parameter: constraints are not told, so one after the other is tried. */
const typeArguments = [
  'object',
  'int',
  'global::System.EventArgs',
  'global::System.Delegate',
  'global::System.Data.Common.DbDataReader',
];

/** How many constructors of a base class are tried. */
const baseConstructors = 4;

export function attemptsAt(type: TypeDef, method: MethodDef): readonly Attempt[] {
  const isGeneric = type.isGeneric || method.arity > 0;
  const member = memberText(type, method);
  return (isGeneric ? typeArguments : typeArguments.slice(0, 1)).flatMap((argument) =>
    [...formsOf(type, method, argument)].map(({ caller, sourceOf }) => ({ member, caller, sourceOf })),
  );
}

function memberText(type: TypeDef, method: MethodDef): string {
  return `${type.name}::${method.name}(${method.parameters.map((parameter) => shortTypeName(parameter.type)).join(',')})`;
}

type Form = Pick<Attempt, 'caller' | 'sourceOf'>;

function* formsOf(type: TypeDef, method: MethodDef, argument: string): Generator<Form> {
  const csharp = (ref: TypeRef): string => csharpOf(ref, argument);
  const self = nameOf(type.name, argument);
  const isStaticClass = type.isAbstract && type.isSealed;
  const canDerive = type.kind === 'class' && !type.isSealed;
  const { declared, passed } = parametersOf(method, csharp);
  const returns = returnsNothing(method) ? 'void' : csharp(method.returns);
  if (method.name === '.ctor') {
    if (method.isPublic && !type.isAbstract)
      yield isLocalOnly(type.name)
        ? directly(declared, `new ${self}(${passed.join(', ')});`, 'void')
        : directly(declared, `return new ${self}(${passed.join(', ')});`, self);
    if (canDerive)
      yield {
        caller: '.ctor',
        sourceOf: (name) =>
          `[System.Obsolete] abstract unsafe class ${name} : ${self} { ${name}(${declared.join(', ')}) : base(${passed.join(', ')}) { } }`,
      };
    return;
  }
  const statements = (on: string): readonly string[] => statementsOf(method, on, passed, argument, csharp);
  const own = method.isStatic || isStaticClass ? [] : [`${self} self`];
  if (method.isPublic)
    for (const statement of statements(method.isStatic ? self : 'self'))
      yield directly([...own, ...declared], statement, returns);
  if (!canDerive || (method.isStatic && method.isPublic)) return;
  for (const constructor of constructorsOf(type)) {
    const base = parametersOf(constructor, csharp);
    for (const statement of statements(method.isStatic ? self : 'base'))
      yield {
        caller: 'Call',
        sourceOf: (name) =>
          `[System.Obsolete] abstract unsafe class ${name} : ${self} { ${name}(${base.declared.join(', ')}) : base(${base.passed.join(', ')}) { } ${returns} Call(${declared.join(', ')}) { ${statement} } }`,
      };
  }
}

function returnsNothing({ returns }: MethodDef): boolean {
  return isVoid(returns) || (returns.kind === 'named' && isLocalOnly(returns.name));
}

/** What no method may return (CS1599). */
function isLocalOnly(name: string): boolean {
  return ['System.TypedReference', 'System.ArgIterator', 'System.RuntimeArgumentHandle'].includes(name);
}

function directly(declared: readonly string[], statement: string, returns: string): Form {
  return {
    caller: 'Call',
    sourceOf: (name) =>
      `[System.Obsolete] static unsafe class ${name} { static ${returns} Call(${declared.join(', ')}) { ${statement} } }`,
  };
}

function constructorsOf(type: TypeDef): readonly MethodDef[] {
  return type.methods
    .filter((method) => method.name === '.ctor')
    .sort((a, b) => Number(b.isPublic) - Number(a.isPublic) || a.parameters.length - b.parameters.length)
    .slice(0, baseConstructors);
}

/** The ways C# may have to say it: an accessor by its property, or by its own name where that is none of C#'s. */
function statementsOf(
  method: MethodDef,
  on: string,
  passed: readonly string[],
  argument: string,
  csharp: (ref: TypeRef) => string,
): readonly string[] {
  const { name } = method;
  const generic = method.arity === 0 ? '' : `<${Array<string>(method.arity).fill(argument).join(', ')}>`;
  const result = returnsNothing(method) ? '' : 'return ';
  const plain = `${result}${on}.@${name}${generic}(${passed.join(', ')});`;
  if (name === 'op_Explicit' || name === 'op_Implicit') return [`return (${csharp(method.returns)})${passed.join()};`];
  const [, accessor, property = ''] = /^([gs]et)_(.+)$/.exec(name) ?? [];
  if (accessor !== undefined) {
    const indexes = accessor === 'set' ? passed.slice(0, -1) : passed;
    const place = indexes.length === 0 ? `${on}.@${property}` : `${on}[${indexes.join(', ')}]`;
    return [accessor === 'set' ? `${place} = ${passed.at(-1) ?? ''};` : `return ${place};`, plain];
  }
  if (name.startsWith('add_')) return [`${on}.@${name.slice(4)} += ${passed.join()};`, plain];
  if (name.startsWith('remove_')) return [`${on}.@${name.slice(7)} -= ${passed.join()};`, plain];
  return [plain];
}

function parametersOf(
  method: MethodDef,
  csharp: (ref: TypeRef) => string,
): { readonly declared: readonly string[]; readonly passed: readonly string[] } {
  const declared: string[] = [];
  const passed: string[] = [];
  for (const [index, { type, isOut }] of method.parameters.entries()) {
    const by = type.kind === 'byReference' ? (isOut ? 'out ' : 'ref ') : '';
    declared.push(`${by}${csharp(type.kind === 'byReference' ? type.element : type)} a${index}`);
    passed.push(by === '' ? (givenArgument(type) ?? `a${index}`) : `${by}a${index}`);
  }
  return { declared, passed };
}

/** Where an argument decides, one that asks for all that the row says: not port 25, not `context connection=true`. */
function givenArgument(type: TypeRef): string | undefined {
  return type.kind === 'named' ? argumentsGiven[type.name] : undefined;
}

const argumentsGiven: Readonly<Record<string, string>> = {
  'System.String': '"Server=."',
  'System.Int32': '3',
  'System.Boolean': 'true',
  'Microsoft.Win32.RegistryKeyPermissionCheck': 'global::Microsoft.Win32.RegistryKeyPermissionCheck.ReadWriteSubTree',
  'System.Xml.XmlResolver': 'new global::System.Xml.XmlUrlResolver()',
};

function csharpOf(type: TypeRef, argument: string): string {
  switch (type.kind) {
    case 'named':
      if (isVoid(type)) return 'void';
      return nameOf(
        type.name,
        argument,
        type.arguments.map((one) => csharpOf(one, argument)),
      );
    case 'array':
      return arrayOf(type, argument);
    case 'pointer':
      return `${csharpOf(type.element, argument)}*`;
    case 'typeParameter':
    case 'methodParameter':
      return argument;
    default:
      return '?';
  }
}

/** C# writes the outer dimension first: an array of `int[,]` is `int[][,]`. */
function arrayOf(type: TypeRef, argument: string): string {
  let dimensions = '';
  let element = type;
  while (element.kind === 'array') {
    dimensions += `[${','.repeat(element.rank - 1)}]`;
    element = element.element;
  }
  return csharpOf(element, argument) + dimensions;
}

/** `A.B`1+C` as `global::A.B<object>.C`. */
function nameOf(name: string, argument: string, given: readonly string[] = []): string {
  let used = 0;
  const parts = name.split('+').map((part) => {
    const [plain = '', arity] = part.split('`');
    if (arity === undefined) return plain;
    const own = Array.from({ length: Number(arity) }, () => given[used++] ?? argument);
    return `${plain}<${own.join(', ')}>`;
  });
  return `global::${parts.join('.')}`;
}
