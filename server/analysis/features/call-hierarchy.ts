// Who calls whom, from T-SQL objects over methods and assemblies to what of the framework needs more than SAFE.
import { LinkedGraph } from '../code/linked-graph.js';
import { placeIn, type AssemblyCode, type MethodDef, type Place, type TypeDef } from '../code/model.js';
import { objectText } from '../project/bindings.js';
import type { Module } from '../project/module-calls.js';
import type { DeployedAssembly, Project, ScriptFile } from '../project/project.js';
import { shownName } from '../text/shown.js';
import type { Destination, DocumentSymbol, PlaceInText } from './feature.js';
import {
  assembliesOf,
  boundMembers,
  codesOf,
  declarationsOf,
  externalPartAt,
  fillRowNamesOf,
  inText,
  type Member,
} from './members.js';
import { mentionAt, namedBy } from './mentions.js';
import { routinesNamed } from './navigation.js';
import { callAt } from './ordinary-uses.js';

/** An object of T-SQL, or a method. */
export type CallNode = { readonly routine: Module } | MethodOf;

interface MethodOf {
  /** Undefined where bytes are looked at that are no assembly of the project. */
  readonly assembly: DeployedAssembly | undefined;
  readonly code: AssemblyCode;
  readonly type: TypeDef;
  readonly method: MethodDef;
}

export interface CallItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: DocumentSymbol['kind'];
  readonly at: Destination;
  /** A use of the framework: nobody looks into it. */
  readonly isLast: boolean;
}

export interface CallsOf {
  readonly item: CallItem;
  /** Where it calls: in the caller's file. */
  readonly places: readonly Destination[];
}

export function callNodesAt(project: Project, file: ScriptFile, offset: number): readonly CallNode[] {
  const part = externalPartAt(project, file.uri, offset);
  if (part) return part.part === 'method' ? boundMembers(project, part.routine).flatMap(nodesOf) : [];
  const mention = mentionAt(file, offset);
  if (!mention) {
    const call = callAt(project, file, offset);
    return call ? [{ routine: call.to }] : [];
  }
  // CREATE and ALTER of one object name it twice.
  const [routine] = [
    ...routinesNamed(project, mention),
    ...(project.calls?.named(namedBy(project, mention).mentions.map(({ name }) => name)) ?? []),
  ];
  return routine ? [{ routine }] : [];
}

export function nodesOf({ assembly, code, type, methods = [] }: Member): readonly CallNode[] {
  return methods.map((method) => ({ assembly, code, type, method }));
}

/** A method that the document of an assembly shows. */
export function nodeOf({ assemblies }: Project, code: AssemblyCode, member: object): CallNode | undefined {
  for (const type of code.types)
    for (const method of type.methods)
      if (method === member) return { assembly: assemblies.find((one) => one.code === code), code, type, method };
  return undefined;
}

export function itemOf(project: Project, node: CallNode): CallItem | undefined {
  if ('routine' in node) {
    const { name, kind, file, externalName } = node.routine;
    // Asked about again, it is known by where it stands.
    const at = { uri: file.uri, span: name.last.span };
    return {
      name: objectText(name, shownName),
      detail: `${externalName ? 'CLR' : 'T-SQL'} ${kind}`,
      kind,
      at,
      isLast: false,
    };
  }
  const { assembly, code, type, method } = node;
  const [at] = destinationsOf(project, node);
  const detail = assembly?.name ?? code.identity.name;
  const name = `${shownName(type.name)}::${shownName(method.name)}`;
  return at && { name, detail, kind: 'method', at, isLast: false };
}

function destinationsOf(project: Project, { assembly, code, type, method }: MethodOf): readonly Destination[] {
  if (method.place.kind === 'source') return [inText(method.place)];
  return assembly ? declarationsOf(project, { assembly, code, type, methods: [method] }) : [];
}

/** T-SQL objects that are bound to it, whoever names it in FillRowMethodName, and its callers, of other assemblies too. */
export function incomingCalls(project: Project, node: CallNode): readonly CallsOf[] {
  const calls = new Calls(project);
  if ('routine' in node) {
    for (const { by, at } of project.calls?.into(node.routine) ?? []) calls.add(by, [at]);
    return calls.all;
  }
  const { code, type, method } = node;
  for (const routine of project.routines) {
    const { externalName, file, name } = routine;
    if (externalName.method?.value !== method.name || (externalName.className ?? name.last).value !== type.name)
      continue;
    if (assembliesOf(project, routine).some((assembly) => codesOf(project, assembly).includes(code)))
      calls.add({ routine }, [{ uri: file.uri, span: externalName.method.span }]);
  }
  for (const { place, method: filled } of filledIn(type))
    if (filled === method.name)
      for (const one of type.methods)
        if (one.attributes.some(({ argumentPlaces }) => argumentPlaces?.some((each) => isAt(each, place))))
          calls.add({ ...node, method: one }, [place]);
  for (const caller of callersIn(project, code, method)) calls.add(caller.node, caller.places);
  return calls.all;
}

function filledIn(type: TypeDef): readonly { readonly place: PlaceInText; readonly method: string }[] {
  return fillRowNamesOf({ type }).map(({ method, ...place }) => ({ place, method }));
}

function isAt(place: Place, { uri, span }: PlaceInText): boolean {
  return place.kind === 'source' && place.uri === uri && place.span.start === span.start;
}

interface Found {
  readonly node: CallNode;
  readonly places: readonly Destination[];
}

function* callersIn(project: Project, code: AssemblyCode, method: MethodDef): Generator<Found> {
  const own = project.assemblies.find((one) => one.code === code);
  for (const { node, operation } of code.graph.callersOf(method)) {
    const caller = { assembly: own, code, type: node.type, method: node.method };
    yield { node: caller, places: placesIn(project, caller, operation) };
  }
  for (const assembly of project.assemblies) {
    const other = assembly.code;
    if (!other || other === code || !other.references.some(({ name }) => name === code.identity.name)) continue;
    const linked = new LinkedGraph(other, project.referencedBy(assembly));
    for (const node of other.graph.nodes.values())
      for (const { member, operation } of node.uses) {
        if (member.name !== method.name || linked.definitionOf(other, member)?.to.method !== method) continue;
        const caller = { assembly, code: other, type: node.type, method: node.method };
        yield { node: caller, places: placesIn(project, caller, operation) };
      }
  }
}

/** In IL there is no place of a call to be shown: the method has one. */
function placesIn(
  project: Project,
  caller: MethodOf,
  operation: { readonly at: number; readonly end?: number },
): readonly Destination[] {
  const place = placeIn(caller.method, operation);
  return place.kind === 'source' ? [inText(place)] : destinationsOf(project, caller);
}

export function outgoingCalls(project: Project, node: CallNode): readonly CallsOf[] {
  const calls = new Calls(project);
  if ('routine' in node) {
    const bound = project.routines.find((one) => one === node.routine);
    if (bound) {
      const { file, externalName } = bound;
      const place = { uri: file.uri, span: (externalName.method ?? externalName).span };
      for (const to of boundMembers(project, bound).flatMap(nodesOf)) calls.add(to, [place]);
    }
    for (const { to, at } of project.calls?.outOf(node.routine) ?? []) calls.add({ routine: to }, [at]);
    return calls.all;
  }
  const { assembly, code, type, method } = node;
  for (const { place, method: filled } of filledIn(type))
    if (method.attributes.some(({ argumentPlaces }) => argumentPlaces?.some((each) => isAt(each, place))))
      for (const to of type.methods) if (to.name === filled) calls.add({ ...node, method: to }, [place]);
  const linked = new LinkedGraph(code, assembly ? project.referencedBy(assembly) : () => undefined);
  const from = linked.nodeOf(method);
  for (const { to, at, why } of from ? linked.edgesOf(from) : []) {
    if (why === 'type initialiser') continue;
    const target = linked.nodeOf(to.method)?.code ?? code;
    const its = target === code ? assembly : project.assemblies.find((one) => one.code === target);
    const end = from && operationEnd(from.method, at);
    calls.add({ assembly: its, code: target, ...to }, placesIn(project, node, { at, ...(end && { end }) }));
  }
  for (const { to, at } of project.calls?.outOf(method) ?? []) calls.add({ routine: to }, [at]);
  return [...calls.all, ...usesOf(project, node)];
}

/** Where the call that begins at an offset ends. */
function operationEnd({ body }: MethodDef, at: number): number | undefined {
  for (const { operations } of body?.blocks ?? [])
    for (const operation of operations)
      if (operation.at === at && (operation.kind === 'call' || operation.kind === 'methodPointer'))
        return operation.end;
  return undefined;
}

/** What of the framework needs more than SAFE, each member once. */
function usesOf(project: Project, node: MethodOf): readonly CallsOf[] {
  const { assembly, method } = node;
  const uses = new Map<string, { readonly item: CallItem; readonly places: Destination[] }>();
  for (const { node: by, text, place, permissionSet } of (assembly && project.requirementsOf(assembly)?.uses) ?? []) {
    if (by.method !== method || permissionSet === 'SAFE' || permissionSet === 'unknown') continue;
    const places = place.kind === 'source' ? [inText(place)] : destinationsOf(project, node);
    const [at] = places;
    if (!at) continue;
    const known = uses.get(text);
    const detail = permissionSet === 'NONE' ? 'refused in every permission set' : `needs ${permissionSet}`;
    if (known) known.places.push(...places);
    else uses.set(text, { item: { name: text, detail, kind: 'function', at, isLast: true }, places: [...places] });
  }
  return [...uses.values()];
}

/** By who calls, or is called: one item with every place. */
class Calls {
  readonly #project: Project;
  readonly #found = new Map<object, { readonly item: CallItem; readonly places: Destination[] }>();

  constructor(project: Project) {
    this.#project = project;
  }

  add(node: CallNode, places: readonly Destination[]): void {
    const key = 'routine' in node ? node.routine : node.method;
    const known = this.#found.get(key);
    if (known) {
      known.places.push(...places);
      return;
    }
    const item = itemOf(this.#project, node);
    if (item) this.#found.set(key, { item, places: [...places] });
  }

  get all(): readonly CallsOf[] {
    return [...this.#found.values()];
  }
}
