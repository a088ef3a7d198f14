import type { ImageIssue } from '../metadata/assembly.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

const errorOf: Readonly<Record<ImageIssue['kind'], number>> = {
  'not-pe': 6565,
  'not-managed': 6544,
  'no-assembly': 6544,
  truncated: 6544,
  malformed: 6544,
  'mixed-mode': 6544,
  'native-entry-point': 6214,
};

export const invalidAssemblyImage: ScriptRule = {
  name: 'invalid-assembly-image',
  summary: 'The bytes are no pure .NET assembly that the server can load.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6214, 6219, 6257, 6544, 6565, 6566, 6575, 10332],
  on: 'script',
  check(file, report, { target }) {
    for (const { kind, name, from } of statementsOf(file.script, 'createAssembly', 'alterAssembly')) {
      for (const source of kind === 'createAssembly' ? from : from ? [from] : []) {
        if (source.kind === 'number' || (source.kind === 'other' && source.text.toUpperCase() === 'NULL'))
          report(source.span, `Assembly ${name.value} is to come from what is neither a path nor bytes`, {
            sqlErrors: [6566],
          });
      }
    }
    for (const { head, statement, errors, image, oddDigits, byteLength, index } of file.literals) {
      const name = statement.name.value;
      const [issue] = errors;
      if (oddDigits) {
        report(
          head,
          `The bytes of assembly ${name} have an odd number of digits: one is lost, and SQL Server shifts all others by half a byte`,
          { sqlErrors: [6565] },
        );
        continue;
      }
      if (issue)
        report(head, `Assembly ${name}: ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`, {
          sqlErrors: [
            byteLength === 0 ? 6565 : issue.kind === 'native-entry-point' && index > 0 ? 6219 : errorOf[issue.kind],
          ],
        });
      if (!image) continue;
      // What is given along is registered by the name it has itself, which has to fit into sysname.
      const own = image.code.identity.name;
      if (index > 0 && own.length > 128)
        report(head, `An assembly given along with ${name} has a name of ${own.length} characters`, {
          sqlErrors: [6575],
        });
      if (image.files.length > 0)
        report(
          head,
          `Assembly ${name} has a second module, ${image.files.join(', ')}; SQL Server takes assemblies of one`,
          { sqlErrors: [6544] },
        );
      if (target.runtimes.length > 0 && !target.runtimes.some((runtime) => image.runtime.startsWith(runtime))) {
        report(head, `Assembly ${name} is built for runtime ${image.runtime}, which ${target.title} does not load`, {
          // The text of 6257 speaks of CREATE ASSEMBLY.
          sqlErrors: statement.kind === 'createAssembly' ? [6257] : [6257, 10332],
        });
      }
    }
  },
};
