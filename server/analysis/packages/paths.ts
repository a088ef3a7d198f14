// Paths of project files against URIs of the workspace: Windows' separators, no difference of case, MSBuild's patterns.

/** What tells a file apart: its URI as text, in lower case. */
export function keyOf(uri: string): string {
  return decoded(uri).toLowerCase();
}

/** As it is where it is wrongly escaped. */
export function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** Of a key, or of a URI. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

/**
 * The key of what a project in the folder calls so, wildcards kept; undefined for a path with a drive, a share or a root: it is
 * not the workspace's.
 */
export function resolvedKey(folder: string, path: string): string | undefined {
  const names = path.toLowerCase().replaceAll('\\', '/').split('/');
  if (names[0] === '' || /^[a-z]:$/.test(names[0] ?? '')) return undefined;
  const authority = /^[^/]*:\/\/[^/]*\//.exec(folder)?.[0] ?? '/';
  const result = folder.slice(authority.length).split('/').slice(0, -1);
  for (const name of names) {
    if (name === '..') {
      if (result.pop() === undefined) return undefined;
    } else if (name !== '.' && name !== '') result.push(name);
  }
  return authority + result.join('/');
}

/** Of two keys of folders: `./`, `./../shared/`. */
export function relativeFolder(from: string, to: string): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/').slice(0, -1)];
  let common = 0;
  while (common < here.length && here[common] === there[common]) common++;
  return ['.', ...here.slice(common).map(() => '..'), ...there.slice(common), ''].join('/');
}

export function isPattern(path: string): boolean {
  return path.includes('*') || path.includes('?');
}

/** The folder that every file the pattern means lies in. */
export function fixedFolderOf(pattern: string): string {
  const wild = pattern.search(/[*?]/);
  return folderOf(wild < 0 ? pattern : pattern.slice(0, wild));
}

/** `*` and `?` within a name, `**` for folders in any number. */
export function matches(pattern: string, key: string): boolean {
  return matchesSequence(pattern.split('/'), key.split('/'), (part) => part === '**', matchesName);
}

function matchesName(pattern: string, name: string): boolean {
  return matchesSequence(
    [...pattern],
    [...name],
    (part) => part === '*',
    (part, char) => part === '?' || part === char,
  );
}

/** What is wild takes any number of items. Only the last wild part is ever widened, so that the cost stays a product. */
function matchesSequence(
  pattern: ArrayLike<string>,
  items: ArrayLike<string>,
  isWild: (part: string) => boolean,
  matchesOne: (part: string, item: string) => boolean,
): boolean {
  let at = 0;
  let item = 0;
  let wild = -1;
  let taken = 0;
  while (item < items.length) {
    const part = pattern[at];
    const here = items[item] ?? '';
    if (part !== undefined && isWild(part)) {
      wild = at++;
      taken = item;
    } else if (part !== undefined && matchesOne(part, here)) {
      at++;
      item++;
    } else if (wild >= 0) {
      at = wild + 1;
      item = ++taken;
    } else return false;
  }
  while (at < pattern.length && isWild(pattern[at] ?? '')) at++;
  return at === pattern.length;
}
