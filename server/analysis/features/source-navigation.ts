// From C# to T-SQL: the objects that stand for a class or method, and what FillRowMethodName names.
import type { Project } from '../project/project.js';
import { isInside } from '../text/span.js';
import { nodesOf, type CallNode } from './call-hierarchy.js';
import { declarationAt } from './code-at.js';
import type { Leading } from './feature.js';
import { declarationsOf, fillRowNamesOf, objectsOf, type Member } from './members.js';
import { referencesOfMember, type References } from './navigation.js';

export interface MemberAt {
  readonly span: Leading['span'];
  readonly member: Member;
}

/** On the name of a class or method where it is declared. */
export function memberAt(project: Project, uri: string, offset: number): MemberAt | undefined {
  for (const { assembly, code } of assembliesAt(project, uri)) {
    const found = declarationAt(code, uri, offset);
    if (!found) continue;
    const { span, type, method } = found;
    return { span, member: { assembly, code, type, ...(method && { methods: [method] }) } };
  }
  return undefined;
}

/** On `FillRowMethodName = "…"`: the method it names. */
export function fillRowAt(project: Project, uri: string, offset: number): MemberAt | undefined {
  for (const { assembly, code } of assembliesAt(project, uri))
    for (const type of code.types) {
      const found = fillRowNamesOf({ type }).find((one) => one.uri === uri && isInside(one.span, offset));
      if (!found) continue;
      const methods = type.methods.filter(({ name }) => name === found.method);
      return methods.length > 0 ? { span: found.span, member: { assembly, code, type, methods } } : undefined;
    }
  return undefined;
}

/** Methods where they are declared, for who calls them. */
export function callNodesInSource(project: Project, uri: string, offset: number): readonly CallNode[] {
  const found = memberAt(project, uri, offset) ?? fillRowAt(project, uri, offset);
  return found ? nodesOf(found.member) : [];
}

function assembliesAt({ sourceCode, assemblies }: Project, uri: string): readonly Pick<Member, 'assembly' | 'code'>[] {
  return [...sourceCode].flatMap(([{ sources }, code]) => {
    const assembly = sources.includes(uri) ? assemblies.find((one) => one.code === code) : undefined;
    return assembly ? [{ assembly, code }] : [];
  });
}

/** Of what C# itself says, FillRowMethodName alone: the rest is other extensions' to know. */
export function definitionsInSource(project: Project, uri: string, offset: number): Leading | undefined {
  const found = fillRowAt(project, uri, offset);
  return found && { span: found.span, to: declarationsOf(project, found.member) };
}

/** The T-SQL objects that stand for it. */
export function implementationsInSource(project: Project, uri: string, offset: number): Leading | undefined {
  const found = memberAt(project, uri, offset);
  const objects = found ? objectsOf(project, found.member) : [];
  if (!found || objects.length === 0) return undefined;
  return { span: found.span, to: objects.map(({ file, name }) => ({ uri: file.uri, span: name.span })) };
}

export function referencesInSource(project: Project, uri: string, offset: number): References | undefined {
  const found = memberAt(project, uri, offset) ?? fillRowAt(project, uri, offset);
  if (!found) return undefined;
  const references = referencesOfMember(project, found.member);
  return references.uses.length > 0 ? references : undefined;
}
