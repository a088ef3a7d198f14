// The condition of an `#if`: names, `true`, `false`, `!`, `==`, `!=`, `&&`, `||` and parentheses.

/** What is no condition does not hold. */
export function holds(condition: string, symbols: ReadonlySet<string>): boolean {
  const tokens = condition.match(/[\p{L}_][\p{L}\p{Nd}_]*|&&|\|\||==|!=|[!()]|\S/gu) ?? [];
  let at = 0;
  let depth = 0;

  const levels: readonly (readonly [string, (left: boolean, right: boolean) => boolean][])[] = [
    [['||', (left, right) => left || right]],
    [['&&', (left, right) => left && right]],
    [
      ['==', (left, right) => left === right],
      ['!=', (left, right) => left !== right],
    ],
  ];
  const binary = (level: number): boolean | undefined => {
    const operators = levels[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    for (;;) {
      const found = operators.find(([operator]) => operator === tokens[at]);
      if (!found || left === undefined) return left;
      at++;
      const right = binary(level + 1);
      left = right === undefined ? undefined : found[1](left, right);
    }
  };
  const unary = (): boolean | undefined => {
    let negated = false;
    for (; tokens[at] === '!'; at++) negated = !negated;
    const value = primary();
    return value === undefined ? undefined : value !== negated;
  };
  const primary = (): boolean | undefined => {
    const token = tokens[at++];
    if (token === '(' && depth < deepest) {
      depth++;
      const value = binary(0);
      depth--;
      return tokens[at++] === ')' ? value : undefined;
    }
    if (token === undefined || !/^[\p{L}_]/u.test(token)) return undefined;
    return token === 'true' || (token !== 'false' && symbols.has(token));
  };

  return (binary(0) ?? false) && at === tokens.length;
}

const deepest = 100;
