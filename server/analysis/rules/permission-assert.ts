import type { Call } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { memberName, type SecurityDeclaration } from '../code/model.js';
import { makersOf } from '../code/objects.js';
import { constantsOf } from '../code/values.js';
import { notableUses } from '../project/notable-uses.js';
import { toldOnce } from '../project/proof.js';
import type { ApiUse } from '../project/api-uses.js';
import type { CodeRule } from './rule.js';

/** PermissionState.Unrestricted. */
const unrestricted = 1;

export const permissionAssert: CodeRule = {
  name: 'permission-assert',
  summary: 'The code asserts permissions, so that callers who lack them get what it does all the same.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [250, 269],
  on: 'code',
  check(code, report, { requirements }) {
    const asserted = new Map(notableUses(requirements, 'assert').map((use) => [use, permissionOf(use)]));
    for (const { first, place, where, also } of toldOnce([...asserted.keys()], (use) => asserted.get(use) ?? ''))
      report(place, `${where} asserts ${asserted.get(first)} for its callers${also}`);
    for (const type of code.types) {
      for (const declared of type.security.filter(isAssert))
        report(declared.place, `${type.name} asserts ${permissionsIn(declared)} for its callers`);
      for (const method of type.methods)
        for (const declared of method.security.filter(isAssert))
          report(declared.place, `${memberName(type, method)} asserts ${permissionsIn(declared)} for its callers`);
    }

    /** What is called on: `Assert` itself is declared by a base. */
    function permissionOf({ node, operation }: ApiUse): string {
      const instance = operation.kind === 'call' ? operation.instance : undefined;
      const makers = instance ? makersOf(code.graph, node, instance) : [];
      const types = new Set(
        makers.flatMap(({ call }) => (call.method.type.kind === 'named' ? [call.method.type.name] : [])),
      );
      const [only, ...others] = types;
      if (only === 'System.Security.PermissionSet' && others.length === 0)
        return makers.some(({ node: maker, call }) => isUnrestricted(maker, call)) ? 'every permission' : 'permissions';
      return only !== undefined && others.length === 0 ? only : 'permissions';
    }

    function isUnrestricted(node: MethodNode, { arguments: [state] }: Call): boolean {
      return state !== undefined && (constantsOf(code.graph, node, state)?.includes(unrestricted) ?? false);
    }
  },
};

function isAssert({ action }: SecurityDeclaration): boolean {
  return action === 'Assert';
}

function permissionsIn({ permissions }: SecurityDeclaration): string {
  const names = [...new Set(permissions.map(({ type }) => type.replace(/Attribute$/, '')))].filter(
    (name) => name !== '',
  );
  return names.length === 0 ? 'permissions' : names.join(' and ');
}
