// Names that compilers give to what no source spells: Roslyn's GeneratedNames.cs and GeneratedNameConstants.vb, Mono's
// anonymous.cs, and the C# compilers before Roslyn (`CS$<>`, `$$method0x`).

/** Anywhere in a name. */
const marks: readonly string[] = ['$$method0x', '__DisplayClass', '_Closure$__', '_Lambda$__', 'VB$', 'CS$<>'];

/** The type that holds what lies outside of types: its members were written, in C++ or IL. */
const moduleType = '<Module>';

/**
 * A part of the name begins with `<`: `Outer+<>c`, `<Total>k__BackingField`. Type arguments inside are none of it:
 * `IEnumerable<T>.GetEnumerator` is how C# names the implementation of an interface.
 */
export function isGeneratedName(name: string): boolean {
  if (name === moduleType) return false;
  if (!name.includes('<') && !name.includes('$') && !name.includes('__')) return false;
  if (marks.some((mark) => name.includes(mark))) return true;
  let depth = 0;
  let begins = true;
  for (const character of name) {
    if (character === '<') {
      if (begins) return true;
      depth++;
    } else if (character === '>' && depth > 0) depth--;
    begins = depth === 0 && (character === '.' || character === '+');
  }
  return false;
}
