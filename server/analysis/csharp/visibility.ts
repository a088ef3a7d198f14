// Whether what a declaration names can be seen by others, as C# wants of what is public (CS0050 to CS0061).
import type { CodeGraph } from '../code/graph.js';
import type { MethodDef, TypeDef, TypeRef } from '../code/model.js';

function isVisible(graph: CodeGraph, type: TypeRef): boolean {
  switch (type.kind) {
    case 'named': {
      const own = type.assembly === undefined ? graph.findType(type.name) : undefined;
      if (type.assembly === undefined && !own?.isPublic) return false;
      return type.arguments.every((argument) => isVisible(graph, argument));
    }
    case 'array':
    case 'pointer':
    case 'byReference':
      return isVisible(graph, type.element);
    case 'typeParameter':
    case 'methodParameter':
      return true;
    default:
      return false;
  }
}

export function hasVisibleSignature(graph: CodeGraph, { returns, parameters }: MethodDef): boolean {
  return [returns, ...parameters.map(({ type }) => type)].every((type) => isVisible(graph, type));
}

/** Whether a type could be public as it stands: all around it is, and all that its members name. */
export function canBePublic(graph: CodeGraph, type: TypeDef): boolean {
  const outer = type.name.includes('+') ? graph.findType(type.name.slice(0, type.name.lastIndexOf('+'))) : undefined;
  if (type.name.includes('+') && !outer?.isPublic) return false;
  const named = [
    ...(type.base ? [type.base] : []),
    ...type.interfaces,
    ...type.fields.map((field) => field.type),
    ...type.properties.map((property) => property.type),
  ];
  const isSeen = (one: TypeRef): boolean => isItself(one, type) || isVisible(graph, one);
  return (
    named.every(isSeen) &&
    type.methods
      .filter(({ compilerGenerated }) => !compilerGenerated)
      .every(({ returns, parameters }) => [returns, ...parameters.map((parameter) => parameter.type)].every(isSeen))
  );
}

function isItself(one: TypeRef, { name }: TypeDef): boolean {
  return one.kind === 'named' && one.assembly === undefined && one.name === name;
}
