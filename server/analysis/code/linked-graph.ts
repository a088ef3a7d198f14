// The calls of an assembly, and on into those it refers to.
import type { MethodRef, OwnMethod } from './body.js';
import type { CodeGraph, Edge, MethodNode, Use } from './graph.js';
import type { AssemblyCode, MethodDef, TypeRef } from './model.js';
import type { Steps } from './reachability.js';

/** Which assembly another means by a simple name; undefined where its code is not there. */
export type Referenced = (by: AssemblyCode, name: string) => AssemblyCode | undefined;

export class LinkedGraph implements Steps {
  readonly #referenced: Referenced;
  /** Of the assembly itself, and of those that were come to. */
  readonly #graphs: Set<CodeGraph>;
  readonly #edges = new Map<MethodNode, readonly Edge[]>();
  readonly #definitions = new Map<MethodRef, Definition | undefined>();

  constructor(code: AssemblyCode, referenced: Referenced) {
    this.#referenced = referenced;
    this.#graphs = new Set([code.graph]);
  }

  /** Of assemblies that were come to. */
  get others(): readonly AssemblyCode[] {
    return [...this.#graphs].slice(1).map(({ code }) => code);
  }

  nodeOf(method: MethodDef): MethodNode | undefined {
    for (const { nodes } of this.#graphs) {
      const node = nodes.get(method);
      if (node) return node;
    }
    return undefined;
  }

  edgesOf(node: MethodNode): readonly Edge[] {
    let edges = this.#edges.get(node);
    if (!edges) {
      const beyond = node.uses.flatMap((use) => this.#edgesOf(node.code, use));
      edges = beyond.length === 0 ? node.edges : [...node.edges, ...beyond];
      this.#edges.set(node, edges);
    }
    return edges;
  }

  /** The method of another assembly that a member is, where that is looked into. */
  definitionOf(by: AssemblyCode, member: MethodRef): Definition | undefined {
    if (!this.#definitions.has(member)) this.#definitions.set(member, this.#find(by, member));
    return this.#definitions.get(member);
  }

  #find(by: AssemblyCode, { type, ...member }: MethodRef): Definition | undefined {
    if (type.kind !== 'named' || type.assembly === undefined) return undefined;
    const code = this.#referenced(by, type.assembly);
    const found = code && code !== by ? definitionIn(code, type.name, member) : undefined;
    if (found) this.#graphs.add(found.graph);
    return found;
  }

  #edgesOf(by: AssemblyCode, { member, operation }: Use): readonly Edge[] {
    const found = this.definitionOf(by, member);
    if (!found) return [];
    const { to, graph } = found;
    const { at } = operation;
    const isPointer = operation.kind === 'methodPointer';
    const isVirtual = isPointer ? operation.isVirtual : operation.dispatch === 'virtual';
    const isNew = !isPointer && operation.dispatch === 'new';
    const others = (methods: readonly OwnMethod[], why: Edge['why']): readonly Edge[] =>
      methods.map((one) => ({ to: one, at, why }));
    return [
      ...others([to], isPointer ? 'delegate' : 'call'),
      ...(isVirtual && to.method.isVirtual ? others(graph.overridesOf(to), 'override') : []),
      ...(isNew ? others(graph.callableByOthers(to.type), 'object') : []),
    ];
  }
}

interface Definition {
  readonly to: OwnMethod;
  readonly graph: CodeGraph;
}

/** What a type declares or inherits within its assembly. */
function definitionIn(
  { graph, identity }: AssemblyCode,
  name: string,
  member: Omit<MethodRef, 'type'>,
): Definition | undefined {
  const seen = new Set<string>();
  for (let at: string | undefined = name; at !== undefined && !seen.has(at);) {
    seen.add(at);
    const type = graph.findType(at);
    if (!type) return undefined;
    const named = type.methods.filter(
      (one) =>
        one.name === member.name &&
        one.isStatic === member.isStatic &&
        one.parameters.length === member.parameters.length &&
        one.arity === member.arguments.length,
    );
    const exact = named.filter((one) =>
      one.parameters.every(({ type: own }, index) => isSame(own, member.parameters[index], identity.name)),
    );
    const [only, ...others] = exact.length > 0 ? exact : named;
    if (only) return others.length === 0 ? { to: { type, method: only }, graph } : undefined;
    at = type.base?.kind === 'named' && type.base.assembly === undefined ? type.base.name : undefined;
  }
  return undefined;
}

/** Whether a type of the assembly is the one that a reference to it names. */
function isSame(own: TypeRef, named: TypeRef | undefined, assembly: string): boolean {
  if (named?.kind !== own.kind) return false;
  if ('element' in own) return 'element' in named && isSame(own.element, named.element, assembly);
  if ('index' in own) return 'index' in named && own.index === named.index;
  if (own.kind !== 'named' || named.kind !== 'named') return true;
  return (
    own.name === named.name &&
    (own.assembly === undefined) === (named.assembly === assembly) &&
    own.arguments.length === named.arguments.length &&
    own.arguments.every((one, index) => isSame(one, named.arguments[index], assembly))
  );
}
