// Hover in C#: what SQL Server makes of an attribute, a routine, or a member of the framework where it is used, when, and how it gets
// there.
import { memberName, type AssemblyCode } from '../code/model.js';
import { isFinalizer } from '../code/registration.js';
import { isContextConnection } from '../knowledge/argument-conditions.js';
import { connectionTypes } from '../knowledge/context-connection.js';
import { contextConnection, findContextMember, type ContextMember } from '../knowledge/server-context.js';
import type { ApiUse } from '../project/api-uses.js';
import { ContextConnections } from '../project/context-connections.js';
import { identityTextOf } from '../project/identity-text.js';
import { entryKindOf, pathOf, whyText } from '../project/proof.js';
import { refusedAttributesIn } from '../project/refused-attributes.js';
import { createdAs } from '../project/bindings.js';
import type { DeployedAssembly, Project } from '../project/project.js';
import type { Reason, Requirements } from '../project/requirements.js';
import type { Finding } from '../rules/rule.js';
import type { Span } from '../text/span.js';
import type { CheckName } from '../knowledge/security-checks.js';
import { checkLines, checkMarkdown, checkPages } from './check-markdown.js';
import { pathMarkdown } from './needs-markdown.js';
import { attributeAt, declarationAt, spanAt, type AttributeAt } from './code-at.js';
import type { Hover } from './feature.js';
import { attributeMarkdown, type Checked } from './hover-attribute.js';
import { routineMarkdown } from './hover-routine.js';
import { code, escaped, page } from './markdown.js';

/** `findingsOf`: of a file, found when they are asked for. */
export function hoverInSource(
  project: Project,
  findingsOf: (uri: string) => readonly Finding[],
  uri: string,
  offset: number,
): Hover | undefined {
  for (const [source, compiled] of project.sourceCode) {
    if (!source.sources.includes(uri)) continue;
    const assembly = project.assemblies.find((one) => one.code === compiled);
    const requirements = assembly && project.requirementsOf(assembly);
    if (!requirements) continue;
    const attribute = attributeAt(compiled, uri, offset);
    if (attribute) {
      const isChecked = attribute.attribute.type === partiallyTrusted && attribute.argument === undefined;
      const markdown =
        attributeMarkdown(
          attribute,
          () => source.sources.flatMap(findingsOf),
          isChecked ? checkParts(project) : undefined,
        ) ?? refusedMarkdown(project, compiled, attribute);
      return markdown === undefined ? undefined : { span: attribute.span, markdown };
    }
    const checked = checkedDeclarationAt(project, compiled, uri, offset);
    if (checked) return checked;
    const declared = declarationAt(compiled, uri, offset);
    if (declared) {
      const markdown = routineMarkdown(project, assembly, requirements, declared.type, declared.method);
      return markdown === undefined ? undefined : { span: declared.span, markdown };
    }
    const found = innermost(requirements.uses, uri, offset);
    const literal = contextLiteral(compiled, uri, offset);
    if (literal && (!found || length(literal) < length(found.span)))
      return { span: literal, markdown: contextMarkdown(contextConnection) };
    if (found)
      return {
        span: found.span,
        markdown: useMarkdown(project, found.use, compiled, requirements, createdAs(project, assembly)),
      };
  }
  return undefined;
}

const partiallyTrusted = 'System.Security.AllowPartiallyTrustedCallersAttribute';

function checkParts(project: Project): Checked {
  const name = 'partially trusted callers';
  return { lines: checkLines(name, project).join('\n'), pages: checkPages(name) };
}

function refusedMarkdown(project: Project, compiled: AssemblyCode, { attribute }: AttributeAt): string | undefined {
  const refused = refusedAttributesIn(compiled).find((one) => one.attribute === attribute);
  if (!refused) return undefined;
  const { on, what, sqlErrors } = refused;
  const numbers = sqlErrors.map((number) => `Msg ${number}`).join(', ');
  return `${code(on)} ${escaped(what)} (${numbers})\n\n${checkMarkdown('refused attribute', project)}`;
}

/** What CREATE ASSEMBLY looks at by itself: static fields, finalizers, and methods of native code. */
function checkedDeclarationAt(
  project: Project,
  { types }: AssemblyCode,
  uri: string,
  offset: number,
): Hover | undefined {
  const told = (name: CheckName, span: Span, title: string): Hover => ({
    span,
    markdown: `${title}\n\n${checkMarkdown(name, project)}`,
  });
  for (const type of types) {
    for (const field of type.fields) {
      const span = field.isStatic && !field.isLiteral ? spanAt(field.place, uri, offset) : undefined;
      const kind = field.isInitOnly
        ? 'a readonly static field; what it refers to can change all the same'
        : 'a static field that can change';
      if (span) return told('static field', span, `${code(memberName(type, field))}, ${kind}`);
    }
    for (const method of type.methods) {
      const ofFinalizer = isFinalizer(method) ? spanAt(method.place, uri, offset) : undefined;
      if (ofFinalizer) return told('finalizer', ofFinalizer, `${code(memberName(type, method))}, a finalizer`);
      const span = method.import && spanAt(method.place, uri, offset);
      if (span && method.import)
        return told(
          'native code',
          span,
          `${code(memberName(type, method))} calls ${code(method.import.name)} in ${code(method.import.library)}`,
        );
    }
  }
  return undefined;
}

function length({ start, end }: Span): number {
  return end - start;
}

/** The smallest call around an offset. */
function innermost(
  uses: readonly ApiUse[],
  uri: string,
  offset: number,
): { readonly use: ApiUse; readonly span: Span } | undefined {
  let best: { readonly use: ApiUse; readonly span: Span } | undefined;
  for (const use of uses) {
    const span = spanAt(use.place, uri, offset);
    if (span && (!best || length(span) < length(best.span))) best = { use, span };
  }
  return best;
}

/** Where the context connection's string is given to a variable, a field or a constant. */
function contextLiteral({ graph, types }: AssemblyCode, uri: string, offset: number): Span | undefined {
  for (const type of types)
    for (const { constant, place } of type.fields) {
      const span =
        typeof constant === 'string' && isContextConnection(constant) ? spanAt(place, uri, offset) : undefined;
      if (span) return span;
    }
  for (const { method } of graph.nodes.values()) {
    if (method.place.kind !== 'source' || method.place.uri !== uri) continue;
    for (const { operations } of method.body?.blocks ?? [])
      for (const operation of operations) {
        if (operation.kind !== 'assign' && operation.kind !== 'storeField') continue;
        const { at, end = at, value } = operation;
        if (offset < at || offset > end || value.kind !== 'constant' || typeof value.value !== 'string') continue;
        if (isContextConnection(value.value)) return { start: at, end };
      }
  }
  return undefined;
}

function useMarkdown(
  project: Project,
  use: ApiUse,
  compiled: AssemblyCode,
  requirements: Requirements,
  { permissionSet }: DeployedAssembly,
): string {
  const all = [...requirements.reasons, ...requirements.unreached];
  const reason = all.find((one) => one.use === use) ?? all.find((one) => one.member === use.text);
  const title = `${code(use.text)} · ${needs(use)}`;
  const identity = identityLines(use, requirements, permissionSet);
  const check = checkOf(use);
  const lines = [
    ...details(use, reason, permissionSet),
    ...(check ? checkLines(check, project).slice(1) : []),
    ...identity,
  ];
  const given = givenBySqlServer(use, compiled, requirements);
  const pages = [
    ...(given ? [page(...given.page)] : []),
    ...(check ? [checkPages(check)] : []),
    ...(identity.length > 0 ? [checkPages('impersonation')] : []),
  ];
  return [
    title,
    ...(given ? contextParts(given, lines) : lines.length > 0 ? [lines.join('\n')] : []),
    ...(pages.length > 0 ? [pages.join(' · ')] : []),
  ].join('\n\n');
}

/** Undefined for what every permission set lets do. */
function checkOf({ api }: ApiUse): 'host protection' | 'code access' | undefined {
  if (!api || api.permissionSet === 'SAFE' || api.permissionSet === 'NONE') return undefined;
  return api.reason.startsWith('HPA') ? 'host protection' : 'code access';
}

/** As whom Windows sees what reaches outside. */
function identityLines(use: ApiUse, requirements: Requirements, declared: string | undefined): readonly string[] {
  const text = declared === 'SAFE' ? undefined : identityTextOf(requirements, use);
  if (!text) return [];
  const { account, by, isOwnElse } = text;
  if (by === undefined) return [`- Here the thread runs as ${account}, because no impersonation is in force`];
  const others = isOwnElse ? "; on other ways it runs as SQL Server's own account" : '';
  return [`- Here the thread runs as ${account}, because ${code(by)} impersonates${others}`];
}

function contextMarkdown(context: Context): string {
  return [...contextParts(context), page(...context.page)].join('\n\n');
}

/** What it is, then the details in a list. */
function contextParts({ what, details: all }: Context, more: readonly string[] = []): readonly string[] {
  const lines = [...all.map((one) => `- ${one}`), ...more];
  return [what, ...(lines.length > 0 ? [lines.join('\n')] : [])];
}

type Context = Omit<ContextMember, 'type' | 'members'>;

function givenBySqlServer(use: ApiUse, compiled: AssemblyCode, requirements: Requirements): Context | undefined {
  const { type, name } = use.member;
  if (type.kind !== 'named') return undefined;
  if (!connectionTypes.has(type.name)) return findContextMember(type.name, name);
  const { makers, opens } = new ContextConnections(compiled, requirements);
  return [...makers.values(), ...opens].includes(use) ? contextConnection : undefined;
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
  if (!api || api.permissionSet === 'SAFE') return api?.note ? [`- ${sentence(api.note)}`] : [];
  const lines = [`- ${sentence(api.reason)}${reason ? `: ${whens[reason.checkedAt]}` : ''}`];
  if (api.note) lines.push(`- ${sentence(api.note)}`);
  if (reason?.reached) {
    const path = pathOf(reason).map(pathMarkdown).join(' → ');
    lines.push(`- Reached from SQL Server: ${path}, ${entryKindOf(reason.reached.entry)}`);
  } else lines.push('- Nothing SQL Server calls is seen to get here');
  if (declared) lines.push(`- The assembly is declared ${declared}`);
  return lines;
}

/** A remark of the table, as a line of its own: `=>` leads to a permission set. */
function sentence(text: string): string {
  const words = whyText(text).replace(/ => /g, ': ');
  return escaped(words.replace(/^[a-z]+(?= )/, (first) => `${first.charAt(0).toUpperCase()}${first.slice(1)}`));
}
