import { needsNoObject } from '../code/instance-use.js';
import type { AssemblyCode, MethodDef, TypeDef } from '../code/model.js';
import { fixesBy, type Change } from '../code/remedy.js';
import { canBePublic, hasVisibleSignature } from '../code/visibility.js';
import type { ProjectRule } from './rule.js';

export const routineNotPublicStatic: ProjectRule = {
  name: 'routine-not-public-static',
  summary: 'EXTERNAL NAME names a method that cannot be a routine: not public, not static, generic or overloaded.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6553, 6570, 6571, 6572, 6573, 6574, 6576, 10318],
  on: 'project',
  check(project, report) {
    for (const { assembly, externalName, file, kind } of project.routines) {
      const { className, method, surplus } = externalName;
      if (kind === 'aggregate' || kind === 'type' || !className || !method || surplus) continue;
      const code = assembly?.code;
      const type = code?.types.find(({ name }) => name === className.value);
      const methods = type?.methods.filter(({ name }) => name === method.value) ?? [];
      if (!code || !type || methods.length === 0) continue;
      const reason = reasonOf(type, methods);
      if (!reason) continue;
      const at = reason.of === 'class' ? className.span : method.span;
      const name = reason.of === 'class' ? `Class ${type.name}` : `${type.name}::${method.value}`;
      report(file.uri, at, `${name} ${reason.what}`, {
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
  if (!only.isPublic) return { of: 'method', what: 'is not public', error: 6574 };
  if (!only.isStatic) return { of: 'method', what: 'is not static', error: 6573 };
  if (only.isVarArg) return { of: 'method', what: 'takes variable arguments', error: 6553 };
  if (only.parameters.some(({ attributes }) => attributes.some(({ type: of }) => of === 'System.ParamArrayAttribute')))
    return { of: 'method', what: 'has a params parameter', error: 10318 };
  if (only.arity > 0) return { of: 'method', what: 'is generic', error: 6570 };
  return undefined;
}

/** Modifiers for the class and the method, where they are all that is missing and C# takes them. */
function remedied(
  code: AssemblyCode,
  type: TypeDef,
  [method, other]: readonly MethodDef[],
): ReturnType<typeof fixesBy> {
  const none = { fixes: [] };
  if (!code.mend || !method || other) return none;
  if (reasonOf({ ...type, isPublic: true }, [{ ...method, isPublic: true, isStatic: true }])) return none;
  if (!type.isPublic && !canBePublic(code.graph, type)) return none;
  if (!method.isPublic && !hasVisibleSignature(code.graph, method)) return none;
  if (!method.isStatic && !needsNoObject(code.graph, type, method)) return none;
  const modifiers = [...(method.isPublic ? [] : ['public' as const]), ...(method.isStatic ? [] : ['static' as const])];
  const changes: Change[] = [
    ...(type.isPublic ? [] : [{ kind: 'addModifiers' as const, to: type.place, modifiers: ['public'] as const }]),
    ...(modifiers.length > 0 ? [{ kind: 'addModifiers' as const, to: method.place, modifiers }] : []),
  ];
  const what = [
    ...(type.isPublic ? [] : ['the class public']),
    ...(modifiers.length > 0 ? [`the method ${modifiers.join(' and ')}`] : []),
  ];
  return fixesBy(code, { title: `Make ${what.join(', ')}`, changes });
}
