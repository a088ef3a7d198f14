// What the suite uses of Node's `assert`, for the browser.

export class AssertionError extends Error {
  override name = 'AssertionError';
}

export function ok(value: unknown, message = 'expected a truthy value'): asserts value {
  if (!value) throw new AssertionError(message);
}

export function strictEqual<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  const said = message ?? `${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`;
  if (!Object.is(actual, expected)) throw new AssertionError(said);
}

export function deepStrictEqual<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  strictEqual(JSON.stringify(actual), JSON.stringify(expected), message);
}
