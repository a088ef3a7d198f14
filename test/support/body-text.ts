// A body as text, for tests to compare: a line for each operation, temporaries as `t1`, in blocks with their regions.
import type { Body, Call, End, FieldRef, MethodRef, Operand, Operation } from '../../server/analysis/code/body.js';
import { memberText, shortTypeName } from '../../server/analysis/code/names.js';
import type { MethodDef } from '../../server/analysis/code/model.js';

export function bodyText(method: MethodDef, body: Body): string {
  const operand = (one: Operand): string => operandText(one, method);
  const lines = body.blocks.flatMap(({ index, operations, end }) => [
    `b${index}:${enclosing(body, index)}`,
    ...operations.map((operation) => `  ${operationText(operation, operand)}`),
    `  ${endText(end, operand)}`,
  ]);
  return [...lines, ...body.unknown.map(({ message }) => `? ${message}`), ''].join('\n');
}

function enclosing({ regions }: Body, index: number): string {
  const inside = regions.flatMap(({ kind, tried, handler, filter, type, exception }, region) => {
    if (index >= tried.first && index < tried.end) return [`try ${region}`];
    if (index >= handler.first && index < handler.end)
      return [
        `${kind} ${region}${type ? ` ${shortTypeName(type)}` : ''}${exception === undefined ? '' : ` t${exception}`}`,
      ];
    return index === filter ? [`filter of ${region}`] : [];
  });
  return inside.length === 0 ? '' : ` # ${inside.join(', ')}`;
}

function operandText(operand: Operand, method: MethodDef): string {
  switch (operand.kind) {
    case 'this':
      return 'this';
    case 'parameter':
      return method.parameters[operand.index]?.name ?? `p${operand.index}`;
    case 'local':
      return `v${operand.index}`;
    case 'temporary':
      return `t${operand.index}`;
    case 'constant':
      return typeof operand.value === 'string' ? JSON.stringify(operand.value) : String(operand.value);
  }
}

type Show = (operand: Operand) => string;

function operationText(operation: Operation, show: Show): string {
  const result = 'result' in operation && operation.result !== undefined ? `t${operation.result} = ` : '';
  switch (operation.kind) {
    case 'call':
      return result + callText(operation, show);
    case 'indirectCall':
      return `${result}(*${show(operation.pointer)})(${operation.arguments.map(show).join(', ')})`;
    case 'methodPointer':
      return `${result}&${memberText(operation.method)}`;
    case 'loadField':
      return `${result}${fieldText(operation.field, operation.instance, show)}`;
    case 'fieldAddress':
      return `${result}&${fieldText(operation.field, operation.instance, show)}`;
    case 'storeField':
      return `${fieldText(operation.field, operation.instance, show)} = ${show(operation.value)}`;
    case 'loadElement':
      return `${result}${show(operation.array)}[${show(operation.index)}]`;
    case 'elementAddress':
      return `${result}&${show(operation.array)}[${show(operation.index)}]`;
    case 'storeElement':
      return `${show(operation.array)}[${show(operation.index)}] = ${show(operation.value)}`;
    case 'loadIndirect':
      return `${result}*${show(operation.address)}`;
    case 'storeIndirect':
      return `*${show(operation.address)} = ${operation.value ? show(operation.value) : 'default'}`;
    case 'addressOf':
      return `${result}&${show(operation.variable)}`;
    case 'assign':
      return `${show(operation.target)} = ${show(operation.value)}`;
    case 'convert':
      return `${result}${operation.how}${operation.type ? ` ${shortTypeName(operation.type)}` : ''} ${show(operation.value)}`;
    case 'compute':
    case 'rawMemory':
      return `${result}${[operation.operator, ...operation.operands.map(show)].join(' ')}`;
    case 'newArray':
      return `${result}new ${shortTypeName(operation.element)}[${show(operation.length)}]`;
    case 'yield':
      return `yield ${show(operation.value)}`;
    case 'token':
      return `${result}token ${operation.type ? shortTypeName(operation.type) : (operation.method?.name ?? operation.field?.name)}`;
  }
}

function callText({ dispatch, method, instance, arguments: given }: Call, show: Show): string {
  const values = given.map(show).join(', ');
  if (dispatch === 'new') return `new ${shortTypeName(method.type)}(${values})`;
  const how = dispatch === 'virtual' ? 'virtual ' : '';
  return `${how}${instance ? `${show(instance)}.` : ''}${nameOf(method)}(${values})`;
}

function nameOf(method: MethodRef): string {
  return `${shortTypeName(method.type)}::${method.name}`;
}

function fieldText({ type, name }: FieldRef, instance: Operand | undefined, show: Show): string {
  return instance ? `${show(instance)}.${name}` : `${shortTypeName(type)}::${name}`;
}

function endText(end: End, show: Show): string {
  switch (end.kind) {
    case 'jump':
    case 'leave':
      return `${end.kind} b${end.to}`;
    case 'branch': {
      const test = end.operator
        ? `${show(end.left)} ${end.operator} ${end.right ? show(end.right) : ''}`
        : show(end.left);
      return `if ${test} then b${end.then} else b${end.otherwise}`;
    }
    case 'switch':
      return `switch ${show(end.value)} [${end.cases.map((one) => `b${one}`).join(', ')}] else b${end.otherwise}`;
    case 'return':
      return end.value ? `return ${show(end.value)}` : 'return';
    case 'throw':
    case 'endFilter':
      return `${end.kind} ${show(end.value)}`;
    default:
      return end.kind;
  }
}
