// How a host reads the workspace: which files, how large, and only what lies inside it.
import { URI } from 'vscode-uri';
import { packageScheme } from './protocol.js';

export interface Files {
  /** The files below the folders that the analysis reads; not more than `limits` allow, the same from every host. */
  list(folders: readonly string[]): Promise<readonly string[]>;
  /** Undefined where there is no such file inside the folders, or it is too large. */
  read(uri: string, folders: readonly string[]): Promise<Uint8Array | undefined>;
}

/** What a project has of its own: comments allowed, found at the root of a folder. */
export const configurationName = 'sqlclr-lint.json';

export const scriptExtensions: readonly string[] = ['sql'];
export const imageExtensions: readonly string[] = ['dll', 'exe'];
/** Project files, and what they import. */
export const projectExtensions: readonly string[] = ['sqlproj', 'csproj', 'props', 'targets', 'projitems'];
export const sourceExtensions: readonly string[] = ['cs'];
export const textExtensions: readonly string[] = [...scriptExtensions, ...projectExtensions, ...sourceExtensions];
/** Data-tier applications: each is read as the scripts that deploying it comes to. */
export const packageExtensions: readonly string[] = ['dacpac', 'bacpac'];
export const extensions: readonly string[] = [...textExtensions, ...imageExtensions, ...packageExtensions];

/** A workspace beyond these is analysed in part: of more files, the first by name are read, folder by folder. Sizes in bytes;
 * `sources` are counted apart, so that they crowd out nothing. */
export const limits = { files: 5_000, sources: 5_000, file: 64 << 20, workspace: 256 << 20 } as const;

/** Build output, dependencies and version control: what lies there is not what is deployed from. */
export const skippedFolders: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  '.vs',
  'bin',
  'node_modules',
  'obj',
]);

/** One spelling for a file, however a client escapes it; what is no URI stays as it is. A script of a package lies below the package. */
export function canonicalUri(uri: string): string {
  try {
    const parsed = URI.parse(uri);
    return (parsed.scheme === packageScheme ? belowPackage(parsed) : parsed).toString();
  } catch {
    return uri;
  }
}

function belowPackage({ authority, path }: URI): URI {
  const at = authority.indexOf('@');
  return at < 0
    ? URI.from({ scheme: authority, path })
    : URI.from({ scheme: authority.slice(0, at), authority: authority.slice(at + 1), path });
}

/** As a client knows what is no document and no file any more. */
export function spelledUri(uri: string): string {
  return isPackage(uri.slice(0, Math.max(uri.lastIndexOf('/'), 0))) ? packagedUri(uri) : uri;
}

/** What a client opens for a script of a package. */
export function packagedUri(uri: string): string {
  const { scheme, authority, path } = URI.parse(uri);
  const from = authority === '' ? scheme : `${scheme}@${authority}`;
  return URI.from({ scheme: packageScheme, authority: from, path }).toString();
}

export function isPackage(path: string): boolean {
  return packageExtensions.includes(extensionOf(path));
}

export function isProjectFile(path: string): boolean {
  return projectExtensions.includes(extensionOf(path));
}

export function isSource(path: string): boolean {
  return sourceExtensions.includes(extensionOf(path));
}

/** In lower case without the dot; empty where there is none. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Another scheme or another host, a network share say, is never inside; nor is what climbs out by `..`. */
export function isInFolders(uri: string, folders: readonly string[]): boolean {
  return pathInFolders(uri, folders)?.every((name) => name !== '..') ?? false;
}

/** In a folder that is not looked into. */
export function isSkipped(uri: string, folders: readonly string[]): boolean {
  return pathInFolders(uri, folders)?.some((name) => skippedFolders.has(name)) ?? false;
}

/** The names of the path from the folder down. */
export function pathInFolders(uri: string, folders: readonly string[]): readonly string[] | undefined {
  const file = canonicalUri(uri);
  const roots = folders.map(canonicalUri).map((root) => (root.endsWith('/') ? root : `${root}/`));
  const root = roots.find((each) => file.startsWith(each));
  return root === undefined ? undefined : URI.parse(`x:/${file.slice(root.length)}`).path.split(/[/\\]/);
}
