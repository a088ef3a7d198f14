// What CREATE ASSEMBLY looks at in SAFE and EXTERNAL_ACCESS assemblies, whether or not the code is ever called.
import { isVoid, memberName, type AssemblyCode, type FieldDef, type MethodDef, type TypeDef } from './model.js';

export interface OwnField {
  readonly type: TypeDef;
  readonly field: FieldDef;
  /** As the source has it: of an automatic property the property's. */
  readonly name: string;
}

/** Static fields that can change: neither `const` nor `readonly`, and not the compiler's own. */
export function mutableStaticFields(code: AssemblyCode): readonly OwnField[] {
  return code.types
    .filter((type) => !type.compilerGenerated && type.kind !== 'enum')
    .flatMap((type) => {
      const fields = type.fields.filter(({ isStatic, isInitOnly, isLiteral }) => isStatic && !isInitOnly && !isLiteral);
      if (fields.length === 0) return [];
      const methods = new Set(type.methods.map(({ name }) => name));
      // Compilers mark the field of an event, which bears its name, as they mark what they make for themselves.
      const isAsked = ({ name }: FieldDef): boolean => isAutoProperty(name) || methods.has(`add_${name}`);
      return fields
        .filter((field) => !field.compilerGenerated || isAsked(field))
        .map((field) => ({ type, field, name: sourceName(type, field) }));
    });
}

function sourceName(type: TypeDef, field: FieldDef): string {
  const name = isAutoProperty(field.name) ? field.name.slice(1, field.name.indexOf('>')) : field.name;
  return memberName(type, { name });
}

/** `<Name>k__BackingField`: the compiler's name for a field that the source asked for. */
function isAutoProperty(name: string): boolean {
  return name.startsWith('<') && name.endsWith('>k__BackingField');
}

export interface NativeMethod {
  readonly type: TypeDef;
  readonly method: MethodDef;
  /** `calls MessageBeep in user32.dll`. */
  readonly what: string;
  readonly isImport: boolean;
}

/** Methods whose code is not IL: P/Invoke, and what only the runtime itself may have. */
export function nativeMethods(code: AssemblyCode): readonly NativeMethod[] {
  return code.types.flatMap((type) =>
    type.methods.flatMap((method): readonly NativeMethod[] => {
      if (method.import) {
        const { name, library } = method.import;
        return [{ type, method, what: `calls ${name} in ${library}`, isImport: true }];
      }
      if (method.implementation === 'il' || (method.implementation === 'runtime' && type.kind === 'delegate'))
        return [];
      return [{ type, method, what: 'is not implemented in IL', isImport: false }];
    }),
  );
}

/** An override of Object.Finalize (`~Type()` in C#). */
export function isFinalizer(method: MethodDef): boolean {
  if (!method.isVirtual || method.parameters.length > 0 || method.arity > 0 || !isVoid(method.returns)) return false;
  if (method.name === 'Finalize' && !method.isNewSlot) return true;
  return method.overrides.some(
    ({ type, name }) => name === 'Finalize' && type.kind === 'named' && type.name === 'System.Object',
  );
}
