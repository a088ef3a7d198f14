import type { TypeDef } from '../code/model.js';
import { isFilledIn } from '../project/names.js';
import { isWhole } from '../project/whole-code.js';
import type { PlacedRule } from './rule.js';

export const unresolvedClass: PlacedRule = {
  name: 'unresolved-class',
  summary: 'EXTERNAL NAME names a class that is not in the assembly.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6505, 6556],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { assembly, code, externalName, kind, name } of project.routinesIn(file)) {
      const className = externalName.className?.value ?? name.last.value;
      if (!assembly || !code || isFilledIn(className)) continue;
      const { types } = code;
      // Four parts and more: the namespace stands outside the brackets, and the parts mean something else.
      const spelled = externalName.surplus ? '' : className;
      if (types.some((type) => type.name === spelled) || !isWhole(project, code)) continue;
      const near = nearMiss(types, className, externalName.method?.value);
      const at = externalName.className?.span ?? externalName.span;
      report(at, `Assembly ${assembly.name} has no class ${className}${near ? `; there is ${near.name}` : ''}`, {
        // Of a type and an aggregate SQL Server says it otherwise.
        sqlErrors: [kind === 'type' || kind === 'aggregate' ? 6556 : 6505],
        ...(near &&
          externalName.className &&
          !externalName.surplus && {
            fix: { title: `Name class ${near.name}`, edits: [{ at, text: `[${near.name}]` }] },
          }),
      });
    }
  },
};

/** The one type of that name in another case, in a namespace, or nested in another; else the one in another namespace that has the method. */
function nearMiss(types: readonly TypeDef[], className: string, method: string | undefined): TypeDef | undefined {
  const wanted = className.toLowerCase();
  const own = types.filter(({ compilerGenerated }) => !compilerGenerated);
  const near = own.filter(({ name }) => {
    const lower = name.toLowerCase();
    return (
      lower === wanted ||
      lower.endsWith(`.${wanted}`) ||
      lower.endsWith(`+${wanted}`) ||
      lower.replaceAll('+', '.') === wanted
    );
  });
  if (near.length > 0) return near.length === 1 ? near[0] : undefined;
  const elsewhere = own.filter(
    ({ name, methods }) => lastPart(name) === lastPart(className) && methods.some((one) => one.name === method),
  );
  return elsewhere.length === 1 ? elsewhere[0] : undefined;
}

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('+')) + 1);
}
