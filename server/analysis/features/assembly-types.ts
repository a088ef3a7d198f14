// The second part of an assembly's document: its types with their members and IL. It hangs on the image alone.
import { attributeText, parametersText, securityText, typeName, typesText, typeText } from '../code/code-text.js';
import type {
  CustomAttribute,
  FieldDef,
  MethodDef,
  PropertyDef,
  SecurityDeclaration,
  TypeDef,
  TypeRef,
} from '../code/model.js';
import type { AssemblyImage } from '../metadata/assembly.js';
import { shownName, shownString } from '../text/shown.js';
import { writeIl } from './assembly-il.js';
import { DocumentOutput, limits } from './document-output.js';

export function assemblyTypes(image: AssemblyImage, most = limits): DocumentOutput {
  return new TypesWriter(image, most).write();
}

class TypesWriter {
  readonly #image: AssemblyImage;
  readonly #most: typeof limits;
  readonly #out = new DocumentOutput();
  readonly #byName: ReadonlyMap<string, TypeDef>;

  constructor(image: AssemblyImage, most: typeof limits) {
    this.#image = image;
    this.#most = most;
    this.#byName = new Map(image.code.types.map((type) => [type.name, type]));
  }

  write(): DocumentOutput {
    const shown = this.#image.code.types.filter(
      ({ name, fields, methods }) => name !== '<Module>' || fields.length + methods.length > 0,
    );
    this.#section(
      'Types',
      shown.filter((type) => !this.#isMade(type)),
    );
    this.#section(
      'Types made by the compiler',
      shown.filter((type) => this.#isMade(type)),
    );
    return this.#out;
  }

  #section(title: string, types: readonly TypeDef[]): void {
    if (types.length === 0) return;
    const from = this.#out.length;
    this.#out.line();
    this.#out.write('// ');
    this.#out.begin('section', `${title} (${types.length})`, '', { from: from + 1 });
    this.#out.line();
    for (const [index, type] of types.entries()) {
      if (this.#isFull()) {
        this.#cut(`${types.length - index} types more are not shown`);
        break;
      }
      this.#out.line();
      this.#type(type);
    }
    this.#out.end(true);
  }

  /** By the compiler, or within what is. */
  #isMade({ name, compilerGenerated }: TypeDef): boolean {
    if (compilerGenerated) return true;
    for (let at = name.lastIndexOf('+'); at > 0; at = name.lastIndexOf('+', at - 1))
      if (this.#byName.get(name.slice(0, at))?.compilerGenerated) return true;
    return false;
  }

  #isFull(): boolean {
    return this.#out.lines >= this.#most.lines || this.#out.length >= this.#most.characters;
  }

  #cut(what: string): void {
    this.#out.line(`// Cut here, for the document is too long: ${what}.`);
  }

  #type(type: TypeDef): void {
    const out = this.#out;
    const from = out.length;
    const words = [
      `.${type.kind}`,
      ...(type.isPublic ? ['public'] : []),
      ...(type.isAbstract && type.kind !== 'interface' ? ['abstract'] : []),
      ...(type.isSealed && type.kind === 'class' ? ['sealed'] : []),
      ...(type.layout === 'auto' ? [] : [type.layout]),
    ];
    out.write(`${words.join(' ')} `);
    out.begin(type.kind, typeName(type.name), '', { member: type, from });
    if (type.base && type.kind !== 'interface') {
      out.write(' extends ');
      this.#typeRef(type.base);
    }
    for (const [index, one] of type.interfaces.slice(0, 100).entries()) {
      out.write(index === 0 ? ' implements ' : ', ');
      this.#typeRef(one);
    }
    out.line();
    out.line('{');
    this.#attributes('  ', type.attributes, type.security);
    for (const field of type.fields) if (!this.#isFull()) this.#field(field);
    const methods = new Map(type.methods.map((method) => [method.name, method]));
    for (const property of type.properties) if (!this.#isFull()) this.#property(property, methods);
    for (const [index, method] of type.methods.entries()) {
      if (this.#isFull()) {
        this.#cut(`${type.methods.length - index} methods more of this type are not shown`);
        break;
      }
      this.#method(method);
    }
    out.line('}');
    out.end(true);
  }

  #attributes(
    indent: string,
    attributes: readonly CustomAttribute[],
    security: readonly SecurityDeclaration[] = [],
  ): void {
    for (const declaration of security) this.#out.line(`${indent}.permissionset ${securityText(declaration)}`);
    for (const attribute of attributes) {
      if (this.#isFull()) return;
      this.#out.line(`${indent}.custom ${attributeText(attribute)}`);
    }
  }

  /** Leads to the type, where it is the assembly's own. */
  #typeRef(ref: TypeRef): void {
    const own = ref.kind === 'named' && ref.assembly === undefined ? this.#byName.get(ref.name) : undefined;
    if (own) this.#out.link(typeText(ref), own);
    else this.#out.write(typeText(ref));
  }

  #field(field: FieldDef): void {
    const out = this.#out;
    const from = out.length + 2;
    const words = [
      '.field',
      ...(field.offset === undefined ? [] : [`[${field.offset}]`]),
      ...(field.isPublic ? ['public'] : []),
      ...(field.isLiteral ? ['literal'] : field.isStatic ? ['static'] : []),
      ...(field.isInitOnly ? ['initonly'] : []),
    ];
    out.write(`  ${words.join(' ')} `);
    this.#typeRef(field.type);
    out.write(' ');
    out.begin('field', shownName(field.name), typeText(field.type), { member: field, from });
    out.line();
    this.#attributes('    ', field.attributes);
    out.end(false);
  }

  #property(property: PropertyDef, methods: ReadonlyMap<string, MethodDef>): void {
    const out = this.#out;
    const from = out.length + 2;
    out.write('  .property ');
    this.#typeRef(property.type);
    out.write(' ');
    out.begin('property', shownName(property.name), typeText(property.type), { from });
    for (const [index, name] of [property.getter, property.setter].entries()) {
      if (name === undefined) continue;
      out.write(index === 0 ? ' get ' : ' set ');
      const method = methods.get(name);
      if (method) out.link(shownName(name), method);
      else out.write(shownName(name));
    }
    out.line();
    this.#attributes('    ', property.attributes);
    out.end(false);
  }

  #method(method: MethodDef): void {
    const out = this.#out;
    out.line();
    const from = out.length + 2;
    out.write(`  ${wordsOf(method).join(' ')} `);
    this.#typeRef(method.returns);
    out.write(' ');
    const detail = `(${typesText(method.parameters.map(({ type }) => type))})`;
    out.begin('method', shownName(method.name), detail, { member: method, from });
    const generic = Array.from({ length: Math.min(method.arity, 20) }, (_, index) => `!!${index}`);
    out.write(`${generic.length === 0 ? '' : `<${generic.join(', ')}>`}(${parametersText(method.parameters)})`);
    const il = this.#image.disassemble(method);
    const token = method.place.kind === 'image' ? `0x${method.place.token.toString(16).padStart(8, '0')}` : '';
    out.line(`  // ${token}${il ? `, ${il.codeLength} bytes` : ''}`);
    const hasMore =
      method.import ?? method.attributes[0] ?? method.security[0] ?? method.overrides[0] ?? parameterAttributes(method);
    if (hasMore || il) {
      out.line('  {');
      this.#declarations(method);
      if (il && !writeIl(out, il, { typeRef: (ref) => this.#typeRef(ref), isFull: () => this.#isFull() }))
        this.#cut('the rest of this method is not shown');
      out.line('  }');
    }
    out.end(true);
  }

  #declarations(method: MethodDef): void {
    const out = this.#out;
    if (method.import) {
      const { library, name } = method.import;
      out.line(`    .pinvokeimpl ${shownString(library, 300)} ${shownString(name, 300)}`);
    }
    for (const { type, name } of method.overrides.slice(0, 100))
      out.line(`    .override ${typeText(type)}::${shownName(name)}`);
    this.#attributes('    ', method.attributes, method.security);
    for (const attribute of method.returnAttributes) out.line(`    .return .custom ${attributeText(attribute)}`);
    for (const { name, attributes } of method.parameters)
      for (const attribute of attributes) out.line(`    .param ${shownName(name)} .custom ${attributeText(attribute)}`);
  }
}

function parameterAttributes({ returnAttributes, parameters }: MethodDef): CustomAttribute | undefined {
  return returnAttributes[0] ?? parameters.find(({ attributes }) => attributes.length > 0)?.attributes[0];
}

const implementations: Readonly<Record<MethodDef['implementation'], string>> = {
  il: '',
  native: 'native',
  unmanaged: 'unmanaged',
  runtime: 'runtime',
  internalCall: 'internalcall',
};

function wordsOf(method: MethodDef): readonly string[] {
  return [
    '.method',
    method.isPublic ? 'public' : '',
    method.isStatic ? 'static' : '',
    method.isAbstract ? 'abstract' : '',
    method.isVirtual && !method.isAbstract ? 'virtual' : '',
    method.isNewSlot ? 'newslot' : '',
    method.isSynchronized ? 'synchronized' : '',
    method.isVarArg ? 'vararg' : '',
    implementations[method.implementation],
  ].filter((word) => word !== '');
}
