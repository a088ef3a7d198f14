import { memberName, placeIn } from '../code/model.js';
import { constantsOf } from '../code/values.js';
import { isExecutableProtection } from '../knowledge/native-functions.js';
import { nativeImports, notableUses, type NativeImport } from '../project/notable-uses.js';
import { ilLabel, whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const executableMemory: CodeRule = {
  name: 'executable-memory',
  summary: 'The code makes memory executable or runs code in other processes, as injected code does.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [94, 114],
  on: 'code',
  check(code, report, { requirements }) {
    const imports = nativeImports(code, 'executable memory');
    for (const native of imports) {
      const name = memberName(native.type, native.method);
      const { protection, does } = native.function;
      if (protection === undefined) {
        report(native.method.place, `${name} is ${native.function.name} in ${native.library}, which ${does}`);
        continue;
      }
      for (const { node, call } of executableCalls(native, protection)) {
        const where = `${memberName(node.type, node.method)} (${ilLabel(call.at)})`;
        report(
          placeIn(node.method, call),
          `${where} calls ${native.function.name}, which ${does} that can be run as code`,
        );
      }
    }
    // A pointer made into a delegate is how such memory is run; without such memory it is ordinary interop.
    if (imports.length === 0) return;
    const [delegate] = notableUses(requirements, 'native delegate');
    if (delegate) report(delegate.place, `${whereOf(delegate)} makes a pointer into a delegate that can be called`);

    function executableCalls({ calls }: NativeImport, argument: number): NativeImport['calls'] {
      return calls.filter(({ node, call }) => {
        const given = call.arguments[argument];
        const constants = given && constantsOf(code.graph, node, given);
        return constants?.some((value) => typeof value === 'number' && isExecutableProtection(value));
      });
    }
  },
};
