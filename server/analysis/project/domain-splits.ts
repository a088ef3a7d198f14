// Assemblies that code looks for by name, and that are another owner's: they are in another application domain.
// Source: learn.microsoft.com "CLR integration: application domains and CLR integration security": one domain for each owner in
// a database; late-bound calls reach what is in the same one; read 2026-11.
import { statementsOf } from '../tsql/nodes.js';
import type { Span } from '../text/span.js';
import type { ApiUse } from './api-uses.js';
import { sameName } from './names.js';
import type { DeployedAssembly, Project } from './project.js';
import { stringsGiven } from './string-arguments.js';
import { sameDatabase } from './timeline.js';

export interface SplitLink {
  readonly at: { readonly uri: string; readonly span: Span };
  readonly use: ApiUse;
  readonly from: DeployedAssembly;
  readonly to: DeployedAssembly;
}

export function splitLinks(project: Project): readonly SplitLink[] {
  const owned = project.assemblies.filter(({ created, owner, code }) => created && owner !== undefined && code);
  if (owned.length < 2) return [];
  const given = new Set(
    project.scripts.flatMap(({ script }) =>
      statementsOf(script, 'alterAuthorization').map(({ name }) => name.last.value.toLowerCase()),
    ),
  );
  const found: SplitLink[] = [];
  for (const from of owned) {
    const { code, codeAt } = from;
    if (!code || !codeAt || given.has(from.name.toLowerCase())) continue;
    for (const use of project.requirementsOf(from)?.uses ?? []) {
      const wanted = assemblyLookedFor(use, (argument) => stringsGiven(code, use, argument));
      const to = owned.find(
        (one) => one.code !== code && wanted !== undefined && sameName(one.code?.identity.name ?? '', wanted),
      );
      if (!to || given.has(to.name.toLowerCase()) || sameName(to.owner ?? '', from.owner ?? '')) continue;
      if (!sameDatabase(to.database, from.database)) continue;
      const { place } = use;
      found.push({ at: place.kind === 'source' ? { uri: place.uri, span: place.span } : codeAt, use, from, to });
    }
  }
  return found;
}

/** The simple name of `Payroll, Version=…`, or what stands behind the type of `Payroll.Rates, Payroll`; where it is one constant. */
function assemblyLookedFor(
  { member: { type, name } }: ApiUse,
  given: (argument: number) => readonly string[],
): string | undefined {
  if (type.kind !== 'named') return undefined;
  const isAssembly =
    (type.name === 'System.Reflection.Assembly' && (name === 'Load' || name === 'LoadWithPartialName')) ||
    (type.name === 'System.Activator' && name === 'CreateInstance') ||
    (type.name === 'System.AppDomain' && (name === 'Load' || name.startsWith('CreateInstance')));
  const isType = type.name === 'System.Type' && name === 'GetType';
  if (!isAssembly && !isType) return undefined;
  const [only, ...others] = given(0);
  if (only === undefined || others.length > 0) return undefined;
  const parts = only.split(',');
  return (isType ? parts[1] : parts[0])?.trim();
}
