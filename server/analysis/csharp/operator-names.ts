// The names of operators in metadata (ECMA-335 I.10.3, C# 15.10 for those that came later).

const unary: Readonly<Record<string, string>> = {
  '+': 'UnaryPlus',
  '-': 'UnaryNegation',
  '!': 'LogicalNot',
  '~': 'OnesComplement',
  '++': 'Increment',
  '--': 'Decrement',
  true: 'True',
  false: 'False',
  implicit: 'Implicit',
  explicit: 'Explicit',
};

const binary: Readonly<Record<string, string>> = {
  '+': 'Addition',
  '-': 'Subtraction',
  '*': 'Multiply',
  '/': 'Division',
  '%': 'Modulus',
  '^': 'ExclusiveOr',
  '|': 'BitwiseOr',
  '&': 'BitwiseAnd',
  '<<': 'LeftShift',
  '>>': 'RightShift',
  '>>>': 'UnsignedRightShift',
  '==': 'Equality',
  '!=': 'Inequality',
  '>': 'GreaterThan',
  '<': 'LessThan',
  '>=': 'GreaterThanOrEqual',
  '<=': 'LessThanOrEqual',
};

/** `op_Addition` for `+` and two operands. */
export function findOperatorName(sign: string, operands: number, isChecked: boolean): string | undefined {
  const name = (operands === 1 ? unary : binary)[sign];
  return name && `op_${isChecked ? 'Checked' : ''}${name}`;
}
