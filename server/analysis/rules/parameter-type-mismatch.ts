import { memberName, type MethodDef, type TypeDef, type TypeRef } from '../code/model.js';
import { classOf, parametersOf } from '../project/bound-methods.js';
import type { BoundRoutine } from '../project/project.js';
import { declaredInstead } from '../project/routine-declaration.js';
import { isNeverMapped, isNeverTaken, managedName, typeText, TypePairs } from '../project/type-pairs.js';
import type { Parameter } from '../tsql/nodes.js';
import type { Project, ScriptFile } from '../project/project.js';
import type { Details, PlacedRule } from './rule.js';

export const parameterTypeMismatch: PlacedRule = {
  name: 'parameter-type-mismatch',
  summary: 'A parameter is of a type that SQL Server does not take for the managed one.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [352, 6519, 6552, 6564],
  on: 'script-in-project',
  check(file, project, report) {
    const pairs = new TypePairs(project);
    for (const { parameters, type, method } of subjects(project, file)) {
      for (const [index, parameter] of parameters.entries()) {
        const managed = method.parameters[index];
        if (!managed) continue;
        const by = managed.type.kind === 'byReference' ? managed.type.element : managed.type;
        const { span } = parameter.type;
        const isTable = parameter.readOnly || pairs.isTable(parameter.type);
        const isUnmapped = isNeverMapped(by);
        if (!isTable && !isUnmapped && pairs.of(parameter.type, by) !== 'other') continue;
        const shown = managedName(by);
        const what = isTable
          ? `${parameter.name} is a table, which managed code does not take`
          : `${parameter.name} is ${typeText(parameter.type)}, and ${memberName(type, method)} takes ${shown ?? nameOf(by)}`;
        report(span, what, {
          sqlErrors: [
            isTable
              ? parameter.readOnly
                ? 6552
                : 352
              : isNeverTaken(parameter.type, 'parameter')
                ? 6519
                : isUnmapped
                  ? 6564
                  : 6552,
          ],
          ...(!isTable && remedied(parameter, managed)),
        });
      }
    }
  },
};

interface Subject {
  readonly routine: BoundRoutine;
  readonly parameters: readonly Parameter[];
  readonly type: TypeDef;
  readonly method: MethodDef;
}

/** Whose parameters are as many as the method's. */
function subjects(project: Project, file: ScriptFile): readonly Subject[] {
  const routines = project.boundMethodsIn(file).map(({ statement, ...rest }) => ({
    ...rest,
    parameters: parametersOf(statement),
  }));
  const aggregates = project.routinesIn(file).flatMap((routine) => {
    const type = routine.statement.kind === 'createAggregate' ? classOf(routine) : undefined;
    const [method, other] = type?.methods.filter(({ name, isPublic }) => name === 'Accumulate' && isPublic) ?? [];
    if (!type || !method || other || routine.statement.kind !== 'createAggregate') return [];
    return [{ routine, type, method, parameters: parametersOf(routine.statement) }];
  });
  return [...routines, ...aggregates].filter(
    ({ parameters, method }) => parameters.length === method.parameters.length,
  );
}

function remedied({ type }: Parameter, managed: MethodDef['parameters'][number]): Details {
  const instead = declaredInstead(type, managed.type, managed.attributes);
  if (!instead) return {};
  const { text, isSurelyMeant } = instead;
  return {
    fix: {
      title: `Declare it ${text}`,
      edits: [{ at: type.span, text }],
      ...(!isSurelyMeant && { needsReview: true }),
    },
  };
}

function nameOf(type: TypeRef): string {
  return type.kind === 'named' ? type.name.slice(type.name.lastIndexOf('.') + 1) : 'another type';
}
