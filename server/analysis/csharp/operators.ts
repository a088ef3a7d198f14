// Operators and the methods that stand for them (ECMA-335 I.10.3).

const binary: Readonly<Record<string, string>> = {
  '+': 'op_Addition',
  '-': 'op_Subtraction',
  '*': 'op_Multiply',
  '/': 'op_Division',
  '%': 'op_Modulus',
  '&': 'op_BitwiseAnd',
  '|': 'op_BitwiseOr',
  '^': 'op_ExclusiveOr',
  '<<': 'op_LeftShift',
  '>>': 'op_RightShift',
  '==': 'op_Equality',
  '!=': 'op_Inequality',
  '<': 'op_LessThan',
  '>': 'op_GreaterThan',
  '<=': 'op_LessThanOrEqual',
  '>=': 'op_GreaterThanOrEqual',
};

const unary: Readonly<Record<string, string>> = {
  '!': 'op_LogicalNot',
  '-': 'op_UnaryNegation',
  '+': 'op_UnaryPlus',
  '~': 'op_OnesComplement',
  '++': 'op_Increment',
  '--': 'op_Decrement',
};

export function operatorName(operator: string): string | undefined {
  return binary[operator];
}

export function unaryOperatorName(operator: string): string | undefined {
  return unary[operator];
}
