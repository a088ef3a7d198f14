// The C# of the rules' pages, as source and as what it compiles to: the same findings both ways.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../server/analysis/rules/rule.js';
import type { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { workspaceOf } from '../support/rule-page.js';
import { sourceSamples } from '../support/source-samples.js';
import { sourceWorkspace } from '../support/source-workspace.js';

const language = await diskGrammar('dist-test');

/** Sections whose findings differ, and why that is right, or what is missing still. */
const differences: Readonly<Record<string, string>> = {
  'aggregate-contract: A format that there is not': 'a cast in an attribute is not evaluated',
  'dynamic-assembly-load: When a reference is not found': 'mcs names a lambda of a type initialiser for its type',
  'host-protected-member: await': 'compiled, the method that begins is apart from what it waits for',
  'refused-signature: A signature of another length than its key makes':
    'a source has no public key, whose length it is',
  'type-contract: A format that there is not': 'a cast in an attribute is not evaluated',
  'unverifiable-code: Unsafe in the compiler’s eyes alone': 'only the compiler’s option marks it',
};

/** Whether anything trusts them is asked of bytes alone. */
const ofBytes: ReadonlySet<string> = new Set([
  'trust-key-mismatch',
  'trusted-by-hash',
  'unsigned-assembly',
  'untracked-trusted-hash',
  'untrusted-assembly',
]);

for (const { rule, name, sample, compiled } of sourceSamples().filter((one) => !ofBytes.has(one.rule))) {
  test(name, () => {
    const bytes = told(workspaceOf(sample), rule);
    const sources = sourceWorkspace(language, sample, compiled);
    const source = told(sources, rule);
    for (const uri of sources.uris().filter((one) => one.endsWith('.cs')))
      for (const { message } of sources.findings(uri)) assert.doesNotMatch(message, /\bIL_[0-9a-f]{4}/);
    if (name in differences) assert.notDeepEqual(source, bytes, `${name} is no difference any more`);
    else assert.deepEqual(source, bytes);
  });
}

/** What only bytes have to say, where in a method it is and what the compiler made of it, is left out. */
function told(workspace: Workspace, rule: string): readonly string[] {
  return workspace
    .uris()
    .flatMap((uri) => workspace.findings(uri))
    .filter((finding) => finding.rule === rule)
    .map(({ severity, message }: Finding) => `${severity}: ${plain(message)}`)
    .sort();
}

function plain(message: string): string {
  return message
    .replace(/ \(in an? [\w ]+(?:, IL_[0-9a-f]+)?\)/g, '')
    .replace(/ (?:\(|at )IL_[0-9a-f]+\)?/g, '')
    .replace(/awaits, and so calls .*/, 'awaits');
}
