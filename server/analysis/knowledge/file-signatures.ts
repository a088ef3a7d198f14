// How files begin that are deployed beside an assembly.
// Source: "The PDB File Format" (llvm.org), "Portable PDB v1.0: Format Specification" (github.com/dotnet/runtime); read 2026-11.

/** In hexadecimal digits: `Microsoft C/C++ MSF`, and `BSJB` of a portable one. */
const programDatabases: readonly string[] = ['4D6963726F736F667420432F432B2B', '42534A42'];

/** `digits` without `0x`, in any case. */
export function isProgramDatabase(digits: string): boolean {
  const head = digits.slice(0, 40).toUpperCase();
  return programDatabases.some((signature) => head.startsWith(signature));
}
