// Hover in C#: what SQL Server asks for a member of the framework where it is used, when, and how it gets there.
import type { ApiUse } from '../project/api-uses.js';
import { entryKindOf, pathOf } from '../project/proof.js';
import type { DeployedAssembly, Project } from '../project/project.js';
import type { Reason, Requirements } from '../project/requirements.js';
import type { Span } from '../text/span.js';
import type { Hover } from './feature.js';
import { code, escaped } from './markdown.js';

export function hoverInSource(project: Project, uri: string, offset: number): Hover | undefined {
  for (const assembly of project.assemblies) {
    if (assembly.code?.origin !== 'source') continue;
    const requirements = project.requirementsOf(assembly);
    const use = requirements && innermost(requirements.uses, uri, offset);
    if (use) return { span: use.span, markdown: useMarkdown(use.use, requirements, assembly) };
  }
  return undefined;
}

/** The smallest call around an offset. */
function innermost(
  uses: readonly ApiUse[],
  uri: string,
  offset: number,
): { readonly use: ApiUse; readonly span: Span } | undefined {
  let best: { readonly use: ApiUse; readonly span: Span } | undefined;
  for (const use of uses) {
    const { place } = use;
    if (place.kind !== 'source' || place.uri !== uri) continue;
    const { span } = place;
    if (offset < span.start || offset > span.end) continue;
    if (!best || span.end - span.start < best.span.end - best.span.start) best = { use, span };
  }
  return best;
}

function useMarkdown(use: ApiUse, requirements: Requirements, { permissionSet }: DeployedAssembly): string {
  const all = [...requirements.reasons, ...requirements.unreached];
  const reason = all.find((one) => one.use === use) ?? all.find((one) => one.member === use.text);
  return [`${code(use.text)} · ${needs(use)}`, ...details(use, reason, permissionSet)].join('\n\n');
}

function needs({ permissionSet }: ApiUse): string {
  switch (permissionSet) {
    case 'SAFE':
      return 'runs in every permission set';
    case 'NONE':
      return '**refused in every permission set**';
    case 'unknown':
      return 'what it needs is not known';
    default:
      return `**needs ${permissionSet}**`;
  }
}

const whens = {
  create: 'CREATE ASSEMBLY looks for it',
  jit: 'looked at when the method that calls it is compiled, whether or not the call is reached (Msg 6522)',
  call: 'demanded when it runs, of every caller on the stack (Msg 6522)',
} as const;

function details({ api }: ApiUse, reason: Reason | undefined, declared: string | undefined): readonly string[] {
  if (!api || api.permissionSet === 'SAFE') return api?.note ? [escaped(api.note)] : [];
  const lines = [`- ${escaped(api.reason)}${reason ? `: ${whens[reason.checkedAt]}` : ''}`];
  if (api.note) lines.push(`- ${escaped(api.note)}`);
  if (reason?.reached) {
    const path = pathOf(reason)
      .map(({ name }) => code(name))
      .join(' → ');
    lines.push(`- Reached from SQL Server: ${path}, ${entryKindOf(reason.reached.entry)}`);
  } else lines.push('- Nothing SQL Server calls is seen to get here');
  if (declared) lines.push(`- The assembly is declared ${declared}`);
  return [lines.join('\n')];
}
