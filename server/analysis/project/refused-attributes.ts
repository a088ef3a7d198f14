// Attributes and flags that CREATE ASSEMBLY refuses in SAFE and EXTERNAL_ACCESS assemblies, wherever they stand.
import {
  memberName,
  type AssemblyCode,
  type CustomAttribute,
  type Place,
  type SecurityDeclaration,
} from '../code/model.js';
import { findRefusedAttribute, type AttributeTarget } from '../knowledge/refused-attributes.js';

export interface RefusedIn {
  /** The type, field or method it stands on. */
  readonly on: string;
  /** `has the attribute System.ThreadStaticAttribute`. */
  readonly what: string;
  readonly sqlErrors: readonly number[];
  readonly place: Place;
  /** Of a custom attribute. */
  readonly attribute?: CustomAttribute;
}

/** `MethodImpl(Synchronized)`. */
const synchronizedError = 6213;

export function refusedAttributesIn(code: AssemblyCode): readonly RefusedIn[] {
  return code.types.flatMap((type) => [
    ...onOne(type.name, 'type', type.attributes, type.place),
    ...declared(type.name, 'type', type.security),
    ...type.fields.flatMap((field) => onOne(memberName(type, field), 'field', field.attributes, field.place)),
    ...type.methods.flatMap((method) => {
      const on = memberName(type, method);
      return [
        ...onOne(on, 'method', method.attributes, method.place),
        ...declared(on, 'method', method.security),
        ...(method.isSynchronized
          ? [
              {
                on,
                what: 'is synchronized (MethodImplOptions.Synchronized)',
                sqlErrors: [synchronizedError],
                place: method.place,
              },
            ]
          : []),
      ];
    }),
  ]);
}

function onOne(
  on: string,
  target: AttributeTarget,
  attributes: readonly CustomAttribute[],
  place: Place,
): readonly RefusedIn[] {
  return attributes.flatMap((attribute) => {
    const { type } = attribute;
    const refused = findRefusedAttribute(type);
    const sqlErrors = refused?.stored === 'custom attribute' ? refused.errors[target] : undefined;
    return sqlErrors ? [{ on, what: `has the attribute ${type}`, sqlErrors, place, attribute }] : [];
  });
}

const declarative = 'System.Security.Permissions.CodeAccessSecurityAttribute';

function declared(on: string, target: AttributeTarget, security: readonly SecurityDeclaration[]): readonly RefusedIn[] {
  const sqlErrors = findRefusedAttribute(declarative)?.errors[target];
  return sqlErrors
    ? security.map(({ action, permissions, place }) => ({
        on,
        what: `declares security (${[action, ...permissions.map(({ type }) => type)].join(', ')})`,
        sqlErrors,
        place,
      }))
    : [];
}
