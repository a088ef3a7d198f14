import { everybody } from '../knowledge/permissions.js';
import { Grants, objectText, type PermissionWord } from '../project/bindings.js';
import { folderOf } from '../project/find-assembly.js';
import { grouped } from '../project/grouped.js';
import type { BoundRoutine } from '../project/project.js';
import type { ProjectRule, Related } from './rule.js';

export const routineGrantedToPublic: ProjectRule = {
  name: 'routine-granted-to-public',
  summary: 'Everyone may use a routine of an assembly that reaches outside of SQL Server.',
  topic: 'links',
  severity: 'warning',
  phase: 'review',
  cwe: [732],
  on: 'project',
  check(project, report) {
    const routines = project.routines.filter(({ assembly }) => isAboveSafe(assembly?.permissionSet));
    if (routines.length === 0 || project.scriptsWith('grant').length === 0) return;
    const grants = new Grants(project);
    const byName = grouped(project.routines, keyOf);
    const known = new Map<readonly PermissionWord[], Standing>();
    const standingIn = (words: readonly PermissionWord[]): Standing => {
      const standing = known.get(words) ?? standingOf(words);
      known.set(words, standing);
      return standing;
    };
    const granted = routines.flatMap((routine) =>
      standing(grants.levelsOf(routine).map(standingIn))
        .filter(({ uri }) => isNear(uri, routine) || byName.get(keyOf(routine))?.length === 1)
        .map((word) => ({ routine, word })),
    );
    // GRANT on a schema or a database is about all that is in it.
    for (const same of grouped(granted, ({ word }) => `${word.uri}\n${word.span.start}`).values()) {
      const [first] = same;
      if (!first) continue;
      const { word, routine } = first;
      const others = same.length === 1 ? '' : `, and ${same.length - 1} more`;
      report(word.uri, word.span, `${whom(word)} may use ${described(routine)}${others}`, {
        related: same.slice(0, 10).map((one) => placeOf(one.routine)),
      });
    }
  },
};

function isAboveSafe(set: string | undefined): boolean {
  return set === 'EXTERNAL_ACCESS' || set === 'UNSAFE';
}

interface Standing {
  /** What is granted to everybody, and not taken back further down. */
  readonly granted: readonly PermissionWord[];
  readonly isDenied: boolean;
}

/** DENY outranks what is granted, wherever it stands. */
function standing(levels: readonly Standing[]): readonly PermissionWord[] {
  return levels.some(({ isDenied }) => isDenied) ? [] : levels.flatMap(({ granted }) => granted);
}

function standingOf(words: readonly PermissionWord[]): Standing {
  const granted = new Map<string, PermissionWord>();
  for (const word of words) {
    const principal = word.principal.toLowerCase();
    if (!everybody.has(principal)) continue;
    const key = [principal, word.permission === 'EXEC' ? 'EXECUTE' : word.permission].join('\n');
    if (word.kind === 'grant') granted.set(key, word);
    else granted.delete(key);
  }
  const isDenied = words.some(({ kind, principal }) => kind === 'deny' && principal.toLowerCase() === 'public');
  return { granted: [...granted.values()], isDenied };
}

function isNear(uri: string, { file }: BoundRoutine): boolean {
  return folderOf(uri) === folderOf(file.uri);
}

function keyOf({ name }: BoundRoutine): string {
  return objectText(name).toLowerCase();
}

function whom({ principal }: PermissionWord): string {
  const name = everybody.get(principal.toLowerCase()) ?? principal;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function described({ kind, name, assembly }: BoundRoutine): string {
  return `${kind} ${objectText(name)} of assembly ${assembly?.name ?? ''}, which is ${assembly?.permissionSet ?? ''}`;
}

function placeOf({ file: { uri }, kind, name: { span } }: BoundRoutine): Related {
  return { uri, span, message: `The ${kind}` };
}
