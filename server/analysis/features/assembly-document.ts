// An assembly as a document to read: what it is, what SQL Server sees of it, and all of its code. The text is made of
// untrusted bytes: everything they say is on one line and escaped (`text/shown.ts`).
import { attributeText, securityText, typeText } from '../code/code-text.js';
import { entryPointsOf, type EntryPoint } from '../code/entry-points.js';
import { memberName, type AssemblyIdentity, type MethodDef, type TypeDef } from '../code/model.js';
import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import { isFinalizer } from '../code/registration.js';
import type { AssemblyImage } from '../metadata/assembly.js';
import { objectText } from '../project/bindings.js';
import { isRegistered } from '../project/build-project.js';
import type { BoundRoutine, EmbeddedImage, ImageFile, Project, ScriptFile } from '../project/project.js';
import { lineStartsOf, positionOf } from '../text/lines.js';
import { shownLine, shownName } from '../text/shown.js';
import { isInside, type Span } from '../text/span.js';
import { fileName } from './assemblies.js';
import { writeNeeds } from './assembly-needs.js';
import { assemblyTypes } from './assembly-types.js';
import { DocumentOutput, PlaceInFile, type PlannedLink, type Target } from './document-output.js';
import type { DocumentSymbol, Folding } from './feature.js';

export interface AssemblyDocument {
  readonly text: string;
  /** In order; they do not overlap. */
  readonly links: readonly DocumentLink[];
  /** As many of the links, from the start, as stand in front of the types. */
  readonly overview: number;
  readonly symbols: readonly DocumentSymbol[];
  readonly foldings: readonly Folding[];
  /** Where one of its types or methods is declared: the name; undefined where the document was cut before it. */
  placeOf(member: TypeDef | MethodDef): Span | undefined;
  /** What is declared at an offset: on the name. */
  memberAt(offset: number): object | undefined;
}

export interface DocumentLink {
  readonly span: Span;
  /** In the document itself, but where `uri` names a file. */
  readonly target: { readonly span: Span; readonly uri?: string };
}

/** Bytes of an assembly, in a script or as a file. */
export type ShownAssembly = Pick<EmbeddedImage | ImageFile, 'byteLength' | 'sha512' | 'image' | 'errors'>;

/** Makes documents, and hands out the same one as long as nothing in it changes. */
export class AssemblyDocuments {
  readonly #types = new WeakMap<AssemblyImage, DocumentOutput>();
  readonly #known = new WeakMap<
    object,
    { readonly project: Project; readonly head: Head; document: AssemblyDocument }
  >();

  document(shown: ShownAssembly, project: Project): AssemblyDocument {
    const key = shown.image ?? shown;
    const known = this.#known.get(key);
    if (known?.project === project) return known.document;
    const head = headOf(shown, project);
    const document =
      known && isSame(known.head, head) ? known.document : joined(head, shown.image && this.#typesOf(shown.image));
    this.#known.set(key, { project, head, document });
    return document;
  }

  #typesOf(image: AssemblyImage): DocumentOutput {
    let types = this.#types.get(image);
    if (!types) this.#types.set(image, (types = assemblyTypes(image)));
    return types;
  }
}

/** Where the thing at an offset is declared: a member, or the label that a branch goes to. */
export function declarationAt(document: AssemblyDocument, offset: number): DocumentLink | undefined {
  const { links } = document;
  let low = 0;
  let high = links.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((links[middle]?.span.end ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  const link = links[low];
  return link && link.span.start <= offset ? link : labelAt(document, offset);
}

const longestLabel = 16;

function labelAt({ text, symbols }: AssemblyDocument, offset: number): DocumentLink | undefined {
  const from = Math.max(0, offset - longestLabel);
  for (const match of text.slice(from, offset + longestLabel).matchAll(/\bIL_[0-9a-f]+\b/g)) {
    const start = from + match.index;
    const end = start + match[0].length;
    if (offset < start || end < offset) continue;
    const method = innermostAt(symbols, offset)?.span;
    const at = method ? text.indexOf(`${match[0]}: `, method.start) : -1;
    if (!method || at < 0 || at > method.end) return undefined;
    return { span: { start, end }, target: { span: { start: at, end: at + match[0].length } } };
  }
  return undefined;
}

function innermostAt(symbols: readonly DocumentSymbol[], offset: number): DocumentSymbol | undefined {
  const found = symbols.find(({ span }) => span.start <= offset && offset <= span.end);
  return found && (innermostAt(found.children ?? [], offset) ?? found);
}

interface Head {
  readonly text: string;
  readonly output: DocumentOutput;
}

function isSame(one: Head, other: Head): boolean {
  const places = ({ output }: Head): readonly Span[] =>
    output.links.flatMap(({ target }) => (target instanceof PlaceInFile ? [target.span] : []));
  const [left, right] = [places(one), places(other)];
  return one.text === other.text && left.every(({ start }, index) => start === right[index]?.start);
}

function joined({ text, output: head }: Head, types: DocumentOutput | undefined): AssemblyDocument {
  const by = text.length;
  const placeOf = (target: Target): DocumentLink['target'] | undefined => {
    if (target instanceof PlaceInFile) return { span: target.span, uri: target.uri };
    const span = types?.places.get(target);
    return span && { span: moved(span, by) };
  };
  const resolved = (links: readonly PlannedLink[], by: number): readonly DocumentLink[] =>
    links.flatMap(({ span, target }) => {
      const place = placeOf(target);
      return place ? [{ span: moved(span, by), target: place }] : [];
    });
  const overview = resolved(head.links, 0);
  return {
    text: text + (types?.text ?? ''),
    links: [...overview, ...resolved(types?.links ?? [], by)],
    overview: overview.length,
    symbols: [...head.symbols, ...(types?.symbols ?? []).map((symbol) => movedSymbol(symbol, by))],
    foldings: [
      ...head.foldings,
      ...(types?.foldings ?? []).map(({ span, kind }): Folding => ({ span: moved(span, by), kind })),
    ],
    placeOf: (member) => {
      const span = types?.places.get(member);
      return span && moved(span, by);
    },
    memberAt: (offset) => {
      for (const [member, span] of types?.places ?? []) if (isInside(moved(span, by), offset)) return member;
      return undefined;
    },
  };
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function movedSymbol(symbol: DocumentSymbol, by: number): DocumentSymbol {
  return {
    ...symbol,
    span: moved(symbol.span, by),
    nameSpan: moved(symbol.nameSpan, by),
    children: (symbol.children ?? []).map((child) => movedSymbol(child, by)),
  };
}

function headOf(shown: ShownAssembly, project: Project): Head {
  const output = new DocumentOutput();
  new HeadWriter(output, shown, project).write();
  return { output, text: output.text };
}

const mostPlaces = 2_000;

class HeadWriter {
  readonly #out: DocumentOutput;
  readonly #shown: ShownAssembly;
  readonly #project: Project;
  /** Whatever holds these bytes. */
  readonly #images = new Set<AssemblyImage>();
  readonly #literals: { readonly file: ScriptFile; readonly literal: EmbeddedImage }[] = [];
  readonly #lines = new Map<ScriptFile, readonly number[]>();

  constructor(out: DocumentOutput, shown: ShownAssembly, project: Project) {
    this.#out = out;
    this.#shown = shown;
    this.#project = project;
    if (shown.image) this.#images.add(shown.image);
    for (const file of project.scripts)
      for (const literal of file.literals) {
        if (literal.sha512 !== shown.sha512) continue;
        this.#literals.push({ file, literal });
        if (literal.image) this.#images.add(literal.image);
      }
    for (const { sha512, image } of project.images) if (image && sha512 === shown.sha512) this.#images.add(image);
  }

  write(): void {
    const { image } = this.#shown;
    this.#title();
    this.#facts();
    this.#places();
    if (!image) return;
    writeNeeds(this.#out, image.code, this.#project.requirementsOfImage(image));
    this.#references(image);
    this.#attributes(image);
    this.#routines(image);
    this.#dangers(image);
  }

  #title(): void {
    const { image } = this.#shown;
    this.#out.line(`// SQLCLR assembly ${image ? identityText(image.code.identity) : '(not readable)'}`);
    this.#out.line('// As its bytes have it; nothing of it was run.');
    this.#out.line('//');
  }

  #facts(): void {
    const { image, byteLength, sha512, errors } = this.#shown;
    this.#fact('Size', `${byteLength.toLocaleString('en-US')} bytes${image?.isExecutable ? ', an executable' : ''}`);
    this.#fact('SHA2_512', `0x${sha512}`);
    if (image) {
      const { module, runtime, tables, code, flags } = image;
      this.#fact('Module', `${shownName(module.name)}, MVID ${shownName(module.mvid)}`);
      this.#fact('Runtime', `${shownName(runtime)}${flags.ilOnly ? '' : ', not IL only'}`);
      this.#fact('Strong name', strongNames[code.strongName]);
      if (image.authenticode) this.#fact('Authenticode', 'there is a signature');
      if (tables['ManifestResource']) this.#fact('Resources', String(tables['ManifestResource']));
      for (const file of image.files.slice(0, 20)) this.#fact('Other file', shownName(file));
    }
    for (const { message } of errors) this.#fact('Defect', shownLine(message));
  }

  #fact(name: string, value: string): void {
    this.#out.line(`// ${name.padEnd(14)} ${value}`);
  }

  /** Which statements hold the bytes, and as what a database has them. */
  #places(): void {
    for (const { file, literal } of this.#literals.slice(0, mostPlaces)) {
      const { statement } = literal;
      this.#out.write(`// ${'Stands in'.padEnd(14)} `);
      this.#place(file, literal.head);
      this.#out.line(
        `: ${statement.kind === 'createAssembly' ? 'CREATE' : 'ALTER'} ASSEMBLY ${shownName(statement.name.value)}`,
      );
    }
    for (const { name, permissionSet, owner, image } of this.#project.assemblies) {
      if (!image || !this.#images.has(image)) continue;
      const set = permissionSet ?? 'not known';
      this.#fact(
        'Deployed as',
        `${shownName(name)}, permission set ${set}${owner === undefined ? '' : `, owner ${shownName(owner)}`}`,
      );
    }
  }

  /** `02-assembly.sql, line 5`, and leads there. */
  #place(file: ScriptFile, span: Span): void {
    let starts = this.#lines.get(file);
    if (!starts) this.#lines.set(file, (starts = lineStartsOf(file.text)));
    const { line } = positionOf(starts, span.start);
    this.#out.link(`${shownName(fileName(file.uri))}, line ${line + 1}`, new PlaceInFile(file.uri, span));
  }

  #references(image: AssemblyImage): void {
    this.#out.section('References', image.code.references, (reference) => {
      const { name, version, publicKeyToken } = reference;
      this.#out.write(`.assembly extern ${shownName(name)} ${version} ${publicKeyToken ?? 'null'}`);
      this.#out.write(`  // ${this.#standingOf(name)}`);
    });
  }

  #standingOf(name: string): string {
    const framework = findFrameworkAssembly(name);
    if (framework?.supported) return 'SQL Server supports it';
    if (isRegistered(this.#project, name)) return 'a script of the project creates it';
    return framework
      ? 'of the .NET Framework, not on the list of what SQL Server supports'
      : 'no script of the project creates it';
  }

  #attributes({ code }: AssemblyImage): void {
    const rows = [
      ...code.security.map((one) => () => `.permissionset ${securityText(one)}`),
      ...code.attributes.map((one) => () => `.custom ${attributeText(one)}`),
      ...code.moduleAttributes.map((one) => () => `.module .custom ${attributeText(one)}`),
    ];
    this.#out.section('Attributes', rows, (row) => this.#out.write(row()));
  }

  /** What scripts bind by EXTERNAL NAME, then what only attributes tell. */
  #routines({ code }: AssemblyImage): void {
    const bound = this.#project.routines.filter(({ assembly }) => assembly?.image && this.#images.has(assembly.image));
    const types = new Map(code.types.map((type) => [type.name, type]));
    this.#out.section('Bound by T-SQL', bound, (routine) => this.#boundRoutine(routine, types));
    const names = bound.flatMap(({ externalName: { className, method } }) =>
      className ? [{ class: className.value, ...(method && { method: method.value }) }] : [],
    );
    const named = new Set(names.map((one) => `${one.class}::${one.method ?? ''}`));
    const isNamed = ({ type, method }: EntryPoint): boolean =>
      named.has(memberName(type, method)) || named.has(`${type.name}::`);
    const entries = entryPointsOf(code, names).filter((entry) => !isNamed(entry));
    const [first] = entries;
    const title = first?.kind === 'public' ? 'Public methods; no attribute and no script binds one' : 'Not bound';
    this.#out.section(title, entries, ({ kind, type, method }) => {
      this.#out.write(`${kind === 'public' ? 'method' : kind} `);
      this.#member(type, method);
    });
  }

  #boundRoutine(
    { kind, name, externalName, file, statement }: BoundRoutine,
    types: ReadonlyMap<string, TypeDef>,
  ): void {
    const out = this.#out;
    const { className, method } = externalName;
    const type = types.get(className?.value ?? '');
    const own = method && type?.methods.find((one) => one.name === method.value);
    out.write(`${kind} ${objectText(name, shownName)} = `);
    if (type && own) this.#member(type, own);
    else if (type && !method) out.link(shownName(type.name), type);
    else out.write([className, method].flatMap((part) => (part ? [shownName(part.value)] : [])).join('::'));
    if (!type || (method && !own)) out.write(' (not in the assembly)');
    out.write('  // ');
    this.#place(file, statement.span);
  }

  #member(type: TypeDef, member: object & { readonly name: string }): void {
    this.#out.link(`${shownName(type.name)}::${shownName(member.name)}`, member);
  }

  #dangers({ code: { types } }: AssemblyImage): void {
    const membersOf = <T>(pick: (type: TypeDef) => readonly T[]): readonly { type: TypeDef; member: T }[] =>
      types.flatMap((type) => pick(type).map((member) => ({ type, member })));
    const methods = (is: (method: MethodDef) => unknown) => membersOf((type) => type.methods.filter(is));
    this.#out.section(
      'Native calls',
      methods((method) => method.import),
      ({ type, member }) => {
        const { library = '', name = '' } = member.import ?? {};
        this.#out.write(`pinvoke ${shownName(library)} ${shownName(name)} = `);
        this.#member(type, member);
      },
    );
    this.#out.section(
      'Static fields that change',
      membersOf((type) => type.fields.filter((field) => field.isStatic && !field.isInitOnly && !field.isLiteral)),
      ({ type, member }) => {
        this.#out.write(`field ${typeText(member.type)} `);
        this.#member(type, member);
        if (type.compilerGenerated || member.compilerGenerated) this.#out.write('  // made by the compiler');
      },
    );
    this.#out.section('Finalizers', methods(isFinalizer), ({ type, member }) => {
      this.#out.write('finalizer ');
      this.#member(type, member);
    });
  }
}

const strongNames: Readonly<Record<AssemblyImage['code']['strongName'], string>> = {
  signed: 'a key and a signature, which was not verified',
  'delay-signed': 'a key, and no signature yet (delay-signed)',
  'public-signed': 'a key, and no signature (public-signed)',
  unsigned: 'none',
};

function identityText({ name, version, culture, publicKeyToken }: AssemblyIdentity): string {
  return `${shownName(name)}, Version=${version}, Culture=${culture === '' ? 'neutral' : shownName(culture)}, PublicKeyToken=${publicKeyToken ?? 'null'}`;
}
