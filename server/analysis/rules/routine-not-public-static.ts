import { memberName, type AssemblyCode, type MethodDef, type TypeDef } from '../code/model.js';
import { fixesBy, type Change } from '../code/remedy.js';
import type { Details, PlacedRule } from './rule.js';

export const routineNotPublicStatic: PlacedRule = {
  name: 'routine-not-public-static',
  summary: 'EXTERNAL NAME names a method that cannot be a routine: not public, not static, generic or overloaded.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6553, 6570, 6571, 6572, 6573, 6574, 6576, 10318, 10320],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { code, externalName, kind } of project.routinesIn(file)) {
      const { className, method, surplus } = externalName;
      if (kind === 'aggregate' || kind === 'type' || !className || !method || surplus) continue;
      const type = code?.types.find(({ name }) => name === className.value);
      const methods = type?.methods.filter(({ name }) => name === method.value) ?? [];
      if (!code || !type || methods.length === 0) continue;
      const reason = reasonOf(type, methods);
      if (!reason) continue;
      const at = reason.of === 'class' ? className.span : method.span;
      const name = reason.of === 'class' ? `Class ${type.name}` : `${type.name}::${method.value}`;
      report(at, `${name} ${reason.what}`, {
        sqlErrors: [reason.error],
        ...remedied(code, type, methods),
      });
    }
  },
};

interface Reason {
  readonly of: 'class' | 'method';
  readonly what: string;
  readonly error: number;
}

function reasonOf(type: TypeDef, methods: readonly MethodDef[]): Reason | undefined {
  if (type.isGeneric) return { of: 'class', what: 'is generic', error: 6571 };
  if (!type.isPublic) return { of: 'class', what: 'is not public', error: 6576 };
  const [only, ...others] = methods;
  if (others.length > 0)
    return methods.filter(({ isPublic, isStatic }) => isPublic && isStatic).length > 1
      ? { of: 'method', what: `is overloaded: there are ${methods.length} methods of that name`, error: 6572 }
      : undefined;
  if (!only) return undefined;
  if (isNoName(type, only)) return { of: 'method', what: 'is no method that can be named', error: 10320 };
  if (!only.isPublic) return { of: 'method', what: 'is not public', error: 6574 };
  if (!only.isStatic) return { of: 'method', what: 'is not static', error: 6573 };
  if (only.isVarArg) return { of: 'method', what: 'takes variable arguments', error: 6553 };
  if (only.parameters.some(({ attributes }) => attributes.some(({ type: of }) => of === 'System.ParamArrayAttribute')))
    return { of: 'method', what: 'has a params parameter', error: 10318 };
  if (only.arity > 0) return { of: 'method', what: 'is generic', error: 6570 };
  return undefined;
}

/** A constructor, or the accessor of a property. */
function isNoName({ properties }: TypeDef, { name }: MethodDef): boolean {
  return (
    name === '.ctor' || name === '.cctor' || properties.some(({ getter, setter }) => getter === name || setter === name)
  );
}

/** Where modifiers are all that is missing. */
function remedied(code: AssemblyCode, type: TypeDef, [method, other]: readonly MethodDef[]): Pick<Details, 'fixes'> {
  if (!code.mend || !method || other) return {};
  if (reasonOf({ ...type, isPublic: true }, [{ ...method, isPublic: true, isStatic: true }])) return {};
  const changes: readonly Change[] = [{ kind: 'makeRoutine', type, method }];
  return fixesBy(code, { title: `Make ${memberName(type, method)} public and static`, changes });
}
