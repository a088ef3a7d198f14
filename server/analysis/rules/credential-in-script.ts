import type { Statement } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const credentialInScript: ScriptRule = {
  name: 'credential-in-script',
  summary: 'A password or private key in a script is known to everyone who can read the script, and to its history.',
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [798],
  on: 'script',
  check(file, report) {
    const ofKinds = [...file.script.byKind.values()].filter(([first]) => first && 'secrets' in first.statement);
    for (const { statement } of ofKinds.flat()) {
      if (!('secrets' in statement)) continue;
      for (const { kind, span, value } of statement.secrets) {
        if (kind === 'privateKey' && value.kind === 'binary') report(span, 'A private key stands in the script');
        else if (kind === 'password' && value.kind === 'string' && isSecret(value.value))
          report(span, `The password of ${nameOf(statement)} stands in the script`);
      }
    }
  },
};

/** Not a sqlcmd variable, nor a place for somebody to fill in. */
function isSecret(password: string): boolean {
  return password.trim() !== '' && !/^\$\(.*\)$|^<.*>$|^\*+$|^\{.*\}$|^%.*%$/.test(password.trim());
}

function nameOf(statement: Extract<Statement, { readonly secrets: unknown }>): string {
  if (!('name' in statement)) return 'the master key';
  return 'value' in statement.name ? statement.name.value : statement.name.last.value;
}
