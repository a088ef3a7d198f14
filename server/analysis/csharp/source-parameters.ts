// Parameters of sources: as metadata has them, and as variables of a body.
import type { CustomAttribute, ParameterDef, TypeRef } from '../code/model.js';
import type { Parameter } from './nodes.js';
import { isTransparent } from './queries.js';
import { captured, type Scope } from './scope.js';
import { attributesOf } from './source-attributes.js';
import { unknownType, type Context, type SourceMember } from './symbols.js';
import { substitute, type TypeSystem } from './type-system.js';

export function parameterDef(parameter: Parameter, context: Context, system: TypeSystem): ParameterDef {
  const type: TypeRef = parameter.type ? system.typeOf(parameter.type, context) : unknownType;
  return {
    name: parameter.name.name,
    type: isReference(parameter) ? { kind: 'byReference', element: type } : type,
    isOut: parameter.modifier === 'out',
    isOptional: parameter.defaultValue !== undefined,
    attributes: [...attributesOf(parameter.attributes, context, system), ...paramArray(parameter, context)],
    place: { kind: 'source', uri: context.uri, span: parameter.name.span },
  };
}

/** `given` is the type of a parameter that names none. */
export function declareParameter(
  scope: Scope,
  parameter: Parameter,
  index: number,
  context: Context,
  system: TypeSystem,
  given?: TypeRef,
): void {
  const type = parameter.type ? system.typeOf(parameter.type, context) : (given ?? unknownType);
  const name = parameter.name.name;
  scope.declare(name, { type, operand: { kind: 'parameter', index }, isReference: isReference(parameter) });
  if (isTransparent(name)) declareMembers(scope, name, type, system);
}

/** What a query has put together, by its own names. */
function declareMembers(scope: Scope, within: string, type: TypeRef, system: TypeSystem): void {
  if (type.kind !== 'named') return;
  for (const { name, type: declared } of system.fieldsOf(type)) {
    const actual = substitute(declared, type.arguments);
    scope.declare(name, { type: actual, operand: captured, isReference: false, within });
    if (isTransparent(name)) declareMembers(scope, name, actual, system);
  }
}

/** `value` of an accessor; its type is the member's. */
export function valueParameter({ nameSpan }: SourceMember): Parameter {
  return { attributes: [], name: { name: 'value', span: nameSpan }, span: nameSpan };
}

function isReference({ modifier }: Parameter): boolean {
  return modifier === 'ref' || modifier === 'out' || modifier === 'in';
}

/** What the compiler makes of `params`. */
function paramArray({ modifier, span }: Parameter, { uri }: Context): readonly CustomAttribute[] {
  if (modifier !== 'params') return [];
  return [{ type: 'System.ParamArrayAttribute', arguments: [], named: [], place: { kind: 'source', uri, span } }];
}
