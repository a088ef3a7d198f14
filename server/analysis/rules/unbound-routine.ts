import { routineKindOf } from '../code/entry-points.js';
import { memberName, type AssemblyCode, type MethodDef } from '../code/model.js';
import { classKindOf, createStatement, type Bindable } from '../project/create-routine.js';
import { grouped } from '../project/grouped.js';
import { sameName } from '../project/names.js';
import type { BoundRoutine, ScriptFile } from '../project/project.js';
import { schemaOf } from '../project/schema-owners.js';
import type { Fix, ProjectRule } from './rule.js';

export const unboundRoutine: ProjectRule = {
  name: 'unbound-routine',
  summary:
    'A method is marked as a routine, or a class as a type or an aggregate, and of the scripts that bind others none binds it.',
  topic: 'links',
  severity: 'information',
  phase: 'review',
  on: 'project',
  check(project, report) {
    const byName = grouped(project.routines, ({ externalName }) => externalName.assembly.value.toLowerCase());
    const taken = grouped(project.routines, ({ name }) => name.last.value.toLowerCase());
    for (const { created, code, name } of project.assemblies) {
      if (!created || !code) continue;
      const routines = byName.get(name.toLowerCase()) ?? [];
      const bound = new Set(routines.map(keyOf));
      const bindable = bindableIn(code);
      // Where few are bound, the others are elsewhere.
      if (bound.size * 2 < bindable.length) continue;
      // What a binding means that names it wrongly is that binding's finding.
      const meant = new Set(routines.map((routine) => nearly(keyOf(routine))));
      const missing = bindable.filter((one) => !bound.has(nameOf(one)) && !meant.has(nearly(nameOf(one))));
      for (const group of [missing.filter(({ method }) => method), missing.filter(({ method }) => !method)]) {
        const told = group.length > mostTold ? [group] : group.map((one) => [one]);
        for (const together of told) {
          const fix = fixOf(together, name, routines.at(-1), created.file, taken);
          const message = `No script binds ${shownTogether(together)} of assembly ${name}`;
          report(created.file.uri, created.statement.name.span, message, { ...(fix && { fix }) });
        }
      }
    }
  },
};

/** Each by name; where there are more, all in one. */
const mostTold = 3;

/** By name alone: an assembly may be created in several places, and bound in any. */
function keyOf({ name, externalName: { className, method } }: BoundRoutine): string {
  return `${className?.value ?? name.last.value}::${method?.value ?? ''}`;
}

/** Without namespace and case. */
function nearly(key: string): string {
  const [type = '', method = ''] = key.toLowerCase().split('::');
  return `${type.slice(type.lastIndexOf('.') + 1)}::${method}`;
}

function nameOf({ type, method }: Bindable): string {
  return memberName(type, { name: method?.name ?? '' });
}

function shownTogether([first, ...others]: readonly Bindable[]): string {
  if (!first) return '';
  if (others.length === 0) return shown(first);
  const what = first.method ? 'routines' : 'types and aggregates';
  return `${others.length + 1} ${what}, ${shown(first)} among them,`;
}

function shown({ type, method }: Bindable): string {
  return method ? memberName(type, method) : `${classKindOf(type) ?? 'class'} ${type.name}`;
}

function bindableIn({ types }: AssemblyCode): readonly Bindable[] {
  return types
    .filter(({ isPublic }) => isPublic)
    .flatMap((type): readonly Bindable[] => {
      const methods = type.methods.filter(isRoutine).map((method) => ({ type, method }));
      return classKindOf(type) ? [{ type }, ...methods] : methods;
    });
}

function isRoutine(method: MethodDef): boolean {
  return method.isPublic && method.isStatic && routineKindOf(method) !== undefined;
}

/** Where the last of the assembly's objects is made, in the same schema; only what surely can be made. */
function fixOf(
  wanted: readonly Bindable[],
  assembly: string,
  last: BoundRoutine | undefined,
  creating: ScriptFile,
  taken: ReadonlyMap<string, readonly BoundRoutine[]>,
): Fix | undefined {
  const { uri, text } = last?.file ?? creating;
  const schema = last ? schemaOf(last.name) : 'dbo';
  const made = wanted.flatMap((one) => createStatement(one, assembly, schema) ?? []);
  const isFree = made.every(
    ({ name }, index) =>
      !taken.has(name.toLowerCase()) && made.findIndex((other) => sameName(other.name, name)) === index,
  );
  if (made.length < wanted.length || !isFree) return undefined;
  const [only, ...others] = made;
  if (!only) return undefined;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text.trimEnd();
  const opening = /(?:^|\n)[ \t]*GO$/i.test(before) || before === '' ? '' : `GO${end}`;
  const lead = text === before && text !== '' ? end : '';
  const statements = made.map((one) => `${one.text.replaceAll('\n', end)};${end}GO${end}`).join('');
  return {
    title: others.length > 0 ? `Create ${made.length} objects for them` : `Create ${only.name} for it`,
    edits: [{ uri, at: { start: text.length, end: text.length }, text: `${lead}${opening}${statements}` }],
    needsReview: true,
  };
}
