// What the client's language status item shows.
import { allTargets } from './analysis/workspace.js';
import { extensionOf, imageExtensions, isProjectFile, isSource } from './files.js';
import type { Status } from './protocol.js';
import type { Sources } from './sources.js';

export function statusOf({ settings, uris }: Sources): Omit<Status, 'targetFrom' | 'problems'> {
  const target = allTargets().find(({ name }) => name === settings.target);
  const assemblies = uris.filter((uri) => imageExtensions.includes(extensionOf(uri))).length;
  const others = uris.filter((uri) => isSource(uri) || isProjectFile(uri)).length;
  return {
    target: target?.title ?? settings.target,
    ...(target?.strictSecurity && { strictSecurity: settings.clrStrictSecurity ?? true }),
    scripts: uris.length - assemblies - others,
    assemblies,
  };
}
