import { trustedDigest } from '../knowledge/digests.js';
import { describedName, trustedHashesIn } from '../project/configuration.js';
import { sameName } from '../project/names.js';
import type { ProjectRule } from './rule.js';

export const trustedHashMismatch: ProjectRule = {
  name: 'trusted-hash-mismatch',
  summary: 'A trusted hash is not the SHA2_512 of the assembly it is meant for, which stays untrusted.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [10343],
  on: 'project',
  check(project, report) {
    const images = [
      ...project
        .scriptsWith('createAssembly', 'alterAssembly')
        .flatMap((file) => file.literals.map((literal) => ({ ...literal, uri: file.uri, at: literal.head }))),
      ...project.images.map((image) => ({ ...image, at: { start: 0, end: 0 } })),
    ];
    const hashes = new Set(images.map((image) => image.sha512));
    for (const file of project.scriptsWith('execute')) {
      for (const { action, digits, description, value } of trustedHashesIn(file.script)) {
        if (action !== 'add' || digits?.length !== 2 * trustedDigest.length || description === undefined) continue;
        if (hashes.has(digits)) continue;
        const name = describedName(description);
        const meant = images.filter(({ image }) => image && sameName(image.code.identity.name, name));
        const [first] = meant;
        if (!first?.image || meant.some((image) => image.sha512 !== first.sha512)) continue;
        report(file.uri, value.span, `The hash is not that of assembly ${first.image.code.identity.name}`, {
          related: [{ uri: first.uri, span: first.at, message: `These bytes hash to 0x${first.sha512}` }],
          ...(value.kind === 'binary' && {
            fix: {
              title: `Write the hash of ${first.image.code.identity.name}`,
              edits: [{ at: value.span, text: `0x${first.sha512}` }],
            },
          }),
        });
      }
    }
  },
};
