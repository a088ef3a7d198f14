import { trustedDigest } from '../knowledge/digests.js';
import { describedName, trustedHashesIn } from '../project/configuration.js';
import { depositsOf } from '../project/deposits.js';
import { droppedHashes } from '../project/trusted-hashes.js';
import type { ProjectRule } from './rule.js';

export const untrackedTrustedHash: ProjectRule = {
  name: 'untracked-trusted-hash',
  summary: 'A hash is trusted that no assembly of the project has, and nobody can tell what it lets in.',
  topic: 'assemblies',
  severity: 'information',
  phase: 'review',
  on: 'project',
  check(project, report) {
    const hashes = project
      .scriptsWith('execute')
      .flatMap(({ uri, script }) => trustedHashesIn(script).map((hash) => ({ uri, ...hash })));
    if (hashes.length === 0) return;
    const deposits = depositsOf(project);
    const images = [...project.scripts.flatMap(({ literals }) => literals), ...project.images];
    // It may be that of what is not here.
    const isWhole = deposits.length > 0 && deposits.every(({ sha512 }) => sha512 !== undefined);
    const known = new Set(images.map(({ sha512 }) => sha512));
    const names = new Set(
      [
        ...deposits.map(({ name }) => name),
        ...project.sourceAssemblies.map(({ name }) => name),
        ...images.flatMap(({ image }) => (image ? [image.code.identity.name] : [])),
      ].map((name) => name.toLowerCase()),
    );
    const dropped = droppedHashes(project);
    for (const { uri, action, digits, description, value } of hashes) {
      if (action !== 'add' || digits?.length !== 2 * trustedDigest.length) continue;
      if (known.size === 0 || known.has(digits) || dropped.has(digits)) continue;
      const name = description === undefined ? '' : describedName(description);
      if (name === '' ? !isWhole : names.has(name.toLowerCase())) continue;
      report(uri, value.span, `No assembly of the project has the hash that is trusted here`);
    }
  },
};
