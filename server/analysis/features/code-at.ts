// What of an assembly's sources stands at a place: an attribute, an argument of one, a declaration.
import {
  memberName,
  type AssemblyCode,
  type CustomAttribute,
  type MethodDef,
  type Place,
  type TypeDef,
} from '../code/model.js';
import type { Span } from '../text/span.js';

export interface AttributeAt {
  readonly span: Span;
  readonly attribute: CustomAttribute;
  /** Which argument, counted as `argumentPlaces` are; undefined on the attribute itself. */
  readonly argument?: number;
  /** `Payroll.Salary::NetPay`: what it stands on, a parameter's method; undefined of the assembly. */
  readonly on?: string;
  readonly type?: TypeDef;
  readonly method?: MethodDef;
}

export function attributeAt(code: AssemblyCode, uri: string, offset: number): AttributeAt | undefined {
  const among = (attributes: readonly CustomAttribute[], on: Pick<AttributeAt, 'on' | 'type' | 'method'>) => {
    const attribute = attributes.find(({ place }) => spanAt(place, uri, offset));
    return attribute && withArgument(attribute, on, uri, offset);
  };
  const ofAssembly = among(code.attributes, {});
  if (ofAssembly) return ofAssembly;
  for (const type of code.types) {
    const own = among(type.attributes, { on: type.name, type });
    if (own) return own;
    for (const member of [...type.fields, ...type.properties]) {
      const found = among(member.attributes, { on: memberName(type, member), type });
      if (found) return found;
    }
    for (const method of type.methods) {
      const { attributes, returnAttributes, parameters } = method;
      const all = [attributes, returnAttributes, ...parameters.map((parameter) => parameter.attributes)];
      const found = among(all.flat(), { on: memberName(type, method), type, method });
      if (found) return found;
    }
  }
  return undefined;
}

function withArgument(
  attribute: CustomAttribute,
  on: Pick<AttributeAt, 'on' | 'type' | 'method'>,
  uri: string,
  offset: number,
): AttributeAt | undefined {
  const spans = (attribute.argumentPlaces ?? []).map((place) => spanAt(place, uri, offset));
  const argument = spans.findIndex((span) => span);
  const span = spans[argument] ?? spanAt(attribute.place, uri, offset);
  return span && { span, attribute, ...on, ...(argument >= 0 && { argument }) };
}

export interface DeclarationAt {
  readonly span: Span;
  readonly type: TypeDef;
  /** Undefined on the name of the type. */
  readonly method?: MethodDef;
}

/** On the name alone. */
export function declarationAt({ types }: AssemblyCode, uri: string, offset: number): DeclarationAt | undefined {
  for (const type of types) {
    const ofType = spanAt(type.place, uri, offset);
    if (ofType) return { span: ofType, type };
    for (const method of type.methods) {
      const span = method.compilerGenerated ? undefined : spanAt(method.place, uri, offset);
      if (span) return { span, type, method };
    }
  }
  return undefined;
}

export function spanAt(place: Place, uri: string, offset: number): Span | undefined {
  if (place.kind !== 'source' || place.uri !== uri) return undefined;
  const { span } = place;
  return offset >= span.start && offset <= span.end ? span : undefined;
}
