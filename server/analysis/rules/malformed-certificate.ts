import { isNoWindowsPath } from '../knowledge/windows-paths.js';
import { digitsOf, textOf } from '../tsql/constants.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const malformedCertificate: ScriptRule = {
  name: 'malformed-certificate',
  summary: 'A certificate is made from bytes that are none, or a certificate or key from what is no path of a file.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [15208, 15297],
  on: 'script',
  check(file, report, { target }) {
    for (const { source, name } of statementsOf(file.script, 'createCertificate', 'createAsymmetricKey')) {
      if (source && 'path' in source && !target.onLinux) {
        const path = textOf(file.script, source.path);
        if (path !== undefined && isNoWindowsPath(path))
          report(source.path.span, `${name.value} is to come from ${path}, which is no path of a file`, {
            sqlErrors: [15208],
          });
      }
      if (source?.kind !== 'binary') continue;
      const digits = digitsOf(file.script, source.value);
      if (digits !== undefined && !isSequence(digits))
        report(source.value.span, `The bytes of certificate ${name.value} are no certificate`, { sqlErrors: [15297] });
    }
  },
};

/** A certificate is one SEQUENCE of DER (RFC 5280 4.1; X.690 8.1): its tag, its length, and as many bytes. */
function isSequence(digits: string): boolean {
  const byte = (at: number): number => parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  if (byte(0) !== 0x30) return false;
  const first = byte(1);
  const more = first > 0x80 ? first - 0x80 : 0;
  if (more > 4) return false;
  const length = more === 0 ? first : parseInt(digits.slice(4, 4 + 2 * more), 16);
  return 2 + more + length === digits.length / 2;
}
