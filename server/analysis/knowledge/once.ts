// A value that is made when it is first asked for.

/** Makes a value at the first call, and has it at hand from then on. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
