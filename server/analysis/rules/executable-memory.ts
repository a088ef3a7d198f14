import { placeIn } from '../code/model.js';
import { constantsOf } from '../code/values.js';
import { executableFileAccess, isExecutable } from '../knowledge/native-functions.js';
import { importText, nativeImports, notableUses, type NativeImport } from '../project/notable-uses.js';
import { toldOnce, whereOf } from '../project/proof.js';
import type { ApiUse } from '../project/api-uses.js';
import type { CodeRule } from './rule.js';

const fileAccess = 'System.IO.MemoryMappedFiles.MemoryMappedFileAccess';

export const executableMemory: CodeRule = {
  name: 'executable-memory',
  summary: 'The code makes memory executable or runs code in other processes, as injected code does.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [94, 114],
  on: 'code',
  check(code, report, { requirements }) {
    let isFound = false;
    for (const native of nativeImports(code, 'executable memory')) {
      if (native.function.protection === undefined) {
        report(native.method.place, importText(native));
        isFound = true;
        continue;
      }
      for (const { node, call } of executableCalls(native, native.function.protection)) {
        const where = whereOf({ node, operation: call });
        report(
          placeIn(node.method, call),
          `${where} calls ${native.function.name} in ${native.library}, which ${native.function.does}`,
        );
        isFound = true;
      }
    }
    for (const use of requirements.uses.filter(isExecutableFile)) {
      report(use.place, `${whereOf(use)} maps memory that can be run as code by ${use.text}`);
      isFound = true;
    }
    // A pointer made into a delegate is how such memory is run; without such memory it is ordinary interop.
    if (!isFound) return;
    for (const { place, where, also } of toldOnce(notableUses(requirements, 'native delegate'), () => ''))
      report(place, `${where} makes a pointer into a delegate that can be called${also}`);

    function executableCalls({ calls, function: native }: NativeImport, argument: number): NativeImport['calls'] {
      return calls.filter(({ node, call }) => {
        const given = call.arguments[argument];
        const constants = given && constantsOf(code.graph, node, given);
        return constants?.some((value) => typeof value === 'number' && isExecutable(native, value));
      });
    }

    function isExecutableFile({ node, member, operation }: ApiUse): boolean {
      const at = member.parameters.findIndex((type) => type.kind === 'named' && type.name === fileAccess);
      const given = operation.kind === 'call' ? operation.arguments[at] : undefined;
      const constants = given && constantsOf(code.graph, node, given);
      return constants?.some((value) => typeof value === 'number' && executableFileAccess.includes(value)) ?? false;
    }
  },
};
