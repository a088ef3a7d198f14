import type { AssemblyCode } from '../code/model.js';
import { placeIn } from '../code/model.js';
import { memberText } from '../code/names.js';
import { whereOf } from '../project/proof.js';
import type { DeployedAssembly, Project } from '../project/project.js';
import { isStrict } from '../project/strict-security.js';
import type { ProjectRule, ReportFile } from './rule.js';

const allowed = 'System.Security.AllowPartiallyTrustedCallersAttribute';

export const partiallyTrustedCaller: ProjectRule = {
  name: 'partially-trusted-caller',
  summary: 'A SAFE or EXTERNAL_ACCESS assembly calls a strong-named one that takes no partially trusted callers.',
  topic: 'partially-trusted-callers',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  on: 'project',
  check(project, report) {
    // Under strict security every caller runs as an UNSAFE one.
    if (isStrict(project)) return;
    for (const assembly of project.assemblies) {
      const { code, created, permissionSet } = assembly;
      if (code && created && (permissionSet === 'SAFE' || permissionSet === 'EXTERNAL_ACCESS'))
        checkCalls(project, assembly, code, report);
    }
  },
};

/** The first call into each such assembly. */
function checkCalls(project: Project, assembly: DeployedAssembly, code: AssemblyCode, report: ReportFile): void {
  const referenced = project.referencedBy(assembly);
  const told = new Set<AssemblyCode>();
  for (const node of code.graph.nodes.values()) {
    for (const { member, operation } of node.uses) {
      if (member.type.kind !== 'named' || member.type.assembly === undefined) continue;
      const callee = referenced(code, member.type.assembly);
      if (!callee || callee === code || told.has(callee) || !isClosed(callee)) continue;
      told.add(callee);
      const place = placeIn(node.method, operation);
      const at = place.kind === 'source' ? place : assembly.codeAt;
      if (!at) continue;
      const where = whereOf({ node, operation });
      report(
        at.uri,
        at.span,
        `${where} calls ${memberText(member)} in ${callee.identity.name}, which takes no partially trusted callers, and ${assembly.name} is ${assembly.permissionSet}`,
        { related: declarationOf(project, callee) },
      );
    }
  }
}

function isClosed({ strongName, attributes }: AssemblyCode): boolean {
  return strongName !== 'unsigned' && !attributes.some(({ type }) => type === allowed);
}

function declarationOf(
  { assemblies }: Project,
  code: AssemblyCode,
): readonly { uri: string; span: { start: number; end: number }; message: string }[] {
  const created = assemblies.find((one) => one.code === code)?.created;
  return created
    ? [
        {
          uri: created.file.uri,
          span: created.statement.name.span,
          message: `${code.identity.name} is registered here`,
        },
      ]
    : [];
}
