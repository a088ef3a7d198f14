import type { Project } from '../project/project.js';
import { chainsIn, type Chain } from '../project/signed-by.js';
import { nameOf, rightOf } from '../project/signers.js';
import { droppedHashes } from '../project/trusted-hashes.js';
import type { ProjectRule } from './rule.js';

export const trustedByHash: ProjectRule = {
  name: 'trusted-by-hash',
  summary: 'A hash trusts one build of an assembly, in every database, where a signature would trust every build.',
  topic: 'assemblies',
  severity: 'hint',
  phase: 'review',
  on: 'project',
  check(project, report) {
    const built = builtIn(project);
    const dropped = droppedHashes(project);
    const chainsOf = chainsIn(project.signers, project);
    const said = new Set<unknown>();
    for (const { cause, deposit, evidence } of project.trusts) {
      const [hash] = evidence;
      const { image, name, sha512 = '' } = deposit;
      // What is dropped again has let it in to take a key from it.
      if (cause !== 'hash' || !image || !hash || dropped.has(sha512) || said.has(sha512)) continue;
      const related = [{ uri: deposit.file.uri, span: deposit.at, message: 'The assembly' }];
      const signer = signerIn(chainsOf(deposit));
      if (signer) {
        report(hash.uri, hash.span, `The hash of assembly ${name} stays trusted, and ${signer} is enough to trust it`, {
          severity: 'information',
          related,
        });
      } else if (built.has(image.code.identity.name.toLowerCase())) {
        const how = image.code.strongName === 'signed' ? 'the key that signed it' : 'a key that signs it';
        const what = `The hash trusts one build of assembly ${name}, and ${how} would trust every build`;
        report(hash.uri, hash.span, what, { related });
      } else continue;
      said.add(sha512);
    }
  },
};

/** What projects of the workspace build, by name in lower case. */
function builtIn({ projectFiles, sourceAssemblies }: Project): ReadonlySet<string> {
  const names = [
    ...projectFiles.flatMap(({ assemblyName }) => assemblyName ?? []),
    ...sourceAssemblies.flatMap(({ name, project }) => (project ? name : [])),
  ];
  return new Set(names.map((name) => name.toLowerCase()));
}

/** The key or certificate that trusts it as well. */
function signerIn(chains: readonly Chain[]): string | undefined {
  const chain = chains.find(({ signer, cover }) => cover === 'yes' && rightOf(signer, 'UNSAFE ASSEMBLY'));
  return chain && nameOf(chain.signer);
}
