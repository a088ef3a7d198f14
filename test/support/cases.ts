// The cases on a rule's pages: each routine of a sample is one, that the rule finds something of, or that is a trap for it.
import { readdirSync, readFileSync } from 'node:fs';
import type { Finding } from '../../server/analysis/rules/rule.js';
import type { Workspace } from '../../server/analysis/workspace.js';
import { compiledSamplesIn, sectionsOf } from './compiled-samples.js';

/** By the heading of the sample and the name of the routine. */
export interface Case {
  readonly title: string;
  readonly name: string;
  readonly isFound: boolean;
}

/** What findings may call it: the method, the one that fills its rows, and what a script makes of it. */
interface Routine {
  readonly name: string;
  readonly names: readonly string[];
}

/** Of one sample, by what is found in it. */
export function casesIn(title: string, section: string, findings: readonly Finding[]): readonly Case[] {
  const told = findings.flatMap(({ message, related = [] }) => [message, ...related.map((one) => one.message)]);
  return routinesOf(title, section).map(({ name, names }) => ({
    title,
    name,
    isFound: told.some((text) => names.some((one) => isNamed(text, one))),
  }));
}

export function findingsOf(workspace: Workspace, rule: string): readonly Finding[] {
  return workspace
    .uris()
    .flatMap((uri) => workspace.findings(uri))
    .filter((finding) => finding.rule === rule);
}

/** Methods with one of SQL Server's attributes, and what scripts bind; each statement is a case of its own. */
function routinesOf(title: string, section: string): readonly Routine[] {
  const methods = compiledSamplesIn('', title, section).flatMap(({ source }) => marked(source));
  const bound = [...section.matchAll(creation)].map(([, created = '', type = '', method = '']) => ({
    created,
    method: `${type}::${method}`,
  }));
  const known = new Map(methods.map((routine) => [routine.name, routine]));
  for (const { method } of bound) if (!known.has(method)) known.set(method, { name: method, names: [method] });
  return [...known.values()].flatMap((routine): readonly Routine[] => {
    const created = bound.filter(({ method }) => method === routine.name);
    if (created.length < 2) return [{ ...routine, names: [...routine.names, ...created.map((one) => one.created)] }];
    return created.map((one) => ({ name: `${routine.name} (${one.created})`, names: [one.created] }));
  });
}

function marked(source: string): readonly Routine[] {
  return [...source.matchAll(declaration)].map(({ 0: whole, 1: method = '', index }) => {
    const type = [...source.slice(0, index).matchAll(/\b(?:class|struct) (\w+)/g)].at(-1)?.[1] ?? '';
    const fills = /FillRowMethodName = "(\w+)"/.exec(whole)?.[1];
    const name = `${type}::${method}`;
    return { name, names: fills === undefined ? [name] : [name, `${type}::${fills}`] };
  });
}

const declaration = /\[Sql(?:Procedure|Function|Trigger)\b[^\n]*\]\s+public static [^\n(]*?(\w+)\(/g;
const creation =
  /^CREATE (?:PROCEDURE|FUNCTION|TRIGGER) (?:dbo\.)?(\w+)[^;]*? EXTERNAL NAME \w+\.\[?(\w+)\]?\.\[?(\w+)\]?;/gm;

function isNamed(text: string, name: string): boolean {
  const at = text.indexOf(name);
  return at >= 0 && !/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + name.length] ?? '');
}

/** The sections of a rule's page, and of its corner cases. */
export function sectionsAbout(rule: string): ReturnType<typeof sectionsOf> {
  return ['docs/rules', 'test/rules'].flatMap((folder) =>
    readdirSync(folder).includes(`${rule}.md`) ? sectionsOf(readFileSync(`${folder}/${rule}.md`, 'utf8')) : [],
  );
}
