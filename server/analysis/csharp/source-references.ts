// The references a compiler would write for sources: of assemblies whose types the compiled code names, and no others.
import type { Body, FieldRef, MethodRef, Operation } from '../code/body.js';
import type { AssemblyCode, AssemblyIdentity, CustomAttribute, MethodDef, TypeDef, TypeRef } from '../code/model.js';
import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';

export interface ReferenceInput {
  readonly code: Pick<AssemblyCode, 'types' | 'attributes' | 'moduleAttributes' | 'security'>;
  /** Where a type stands that is named without its assembly, an attribute's. */
  readonly assemblyOf: (type: string) => string | undefined;
  /** Of the framework's assemblies; undefined where it is built for another than the .NET Framework. */
  readonly frameworkVersion: string | undefined;
  /** Of what the project references; undefined for the framework's, and what is not known. */
  readonly identityOf: (assembly: string) => AssemblyIdentity | undefined;
}

/** In order of their names. */
export function sourceReferences({
  code,
  assemblyOf,
  frameworkVersion,
  identityOf,
}: ReferenceInput): readonly AssemblyIdentity[] {
  const found = new Set<string>(['mscorlib']);
  const attributes = (list: readonly CustomAttribute[]): void => {
    for (const { type } of list) {
      const assembly = assemblyOf(type);
      if (assembly !== undefined) found.add(assembly);
    }
  };
  const types = (...refs: readonly (TypeRef | undefined)[]): void => {
    for (const ref of refs) {
      if (!ref) continue;
      if ('element' in ref) types(ref.element);
      else if (ref.kind === 'named') {
        if (ref.assembly !== undefined) found.add(ref.assembly);
        types(...ref.arguments);
      }
    }
  };
  const method = (ref: MethodRef | undefined): void => {
    if (ref) types(ref.type, ref.returns, ...ref.parameters, ...ref.arguments);
  };
  const field = (ref: FieldRef | undefined): void => {
    if (ref) types(ref.type, ref.fieldType);
  };
  const security = (list: TypeDef['security']): void => {
    for (const { permissions } of list) attributes(permissions);
  };
  const operation = (one: Operation): void => {
    if ('method' in one) method(one.method);
    if ('field' in one) field(one.field);
    if ('type' in one) types(one.type);
    if ('element' in one) types(one.element);
    if ('constrained' in one) types(one.constrained);
  };
  const body = ({ blocks, locals, regions }: Body): void => {
    for (const { operations } of blocks) operations.forEach(operation);
    types(...locals.map(({ type }) => type), ...regions.map(({ type }) => type));
  };
  const signature = (one: MethodDef): void => {
    types(one.returns, ...one.parameters.map(({ type }) => type), ...one.overrides.map(({ type }) => type));
    for (const list of [one.attributes, one.returnAttributes, ...one.parameters.map((each) => each.attributes)])
      attributes(list);
    security(one.security);
    if (one.body) body(one.body);
  };
  attributes([...code.attributes, ...code.moduleAttributes]);
  security(code.security);
  for (const type of code.types) {
    types(type.base, ...type.interfaces);
    attributes(type.attributes);
    security(type.security);
    for (const one of [...type.fields, ...type.properties]) {
      types(one.type);
      attributes(one.attributes);
    }
    type.methods.forEach(signature);
  }
  return [...found].sort().flatMap((name) => identityOf(name) ?? frameworkIdentity(name, frameworkVersion));
}

function frameworkIdentity(name: string, version: string | undefined): readonly AssemblyIdentity[] {
  const known = findFrameworkAssembly(name);
  return known && version !== undefined ? [{ name, version, culture: '', publicKeyToken: known.publicKeyToken }] : [];
}
