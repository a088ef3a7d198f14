// What no path of a file can be on Windows, whatever lies there.
// Source: learn.microsoft.com "Naming Files, Paths, and Namespaces"; read 2026-11.

/** `<` and `>` are left to templates, which somebody fills in. */
const reserved = /["|?*]/;
const address = /^[a-z]{2,}:\/\//i;

export function isNoWindowsPath(path: string): boolean {
  // `\\?\C:\…` is a path all the same, and what stands for `$(?)` is not known.
  return address.test(path) || reserved.test(path.replace(/^\\\\\?\\|\$\(\?\)/g, ''));
}
