// Connections of code that surely are the one SQL Server is already in.
import type { Call, Operand } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import type { AssemblyCode, MethodDef } from '../code/model.js';
import { methodsReaching } from '../code/reachability.js';
import { makersOf } from '../code/objects.js';
import { valuesOf, type Value } from '../code/values.js';
import { connectionTypes } from '../knowledge/context-connection.js';
import type { ApiUse } from './api-uses.js';
import { groupedBy } from './proof.js';
import type { Requirements } from './requirements.js';

/** Calls that lead to other assemblies, where one is opened. */
export function opensBeyond({ uses, beyond }: Requirements): readonly ApiUse[] {
  const leading = new Set<MethodDef>();
  const leads = ({ node, member }: ApiUse): boolean => {
    const definition = beyond.graph.definitionOf(node.code, member);
    return definition !== undefined && leading.has(definition.to.method);
  };
  // The farthest first: what they open is opened by who calls them.
  for (const others of groupedBy(beyond.uses, ({ node }) => node.code).toReversed()) {
    const { code } = others[0].node;
    const { opens } = new ContextConnections(code, { uses: others });
    const targets = [...opens, ...others.filter(leads)].map(({ node }) => node.method);
    if (targets.length === 0) continue;
    for (const method of methodsReaching(code.graph, targets, ({ why }) => why === 'call')) leading.add(method);
  }
  return leading.size === 0 ? [] : uses.filter(leads);
}

export class ContextConnections {
  readonly #code: AssemblyCode;
  /** The `new`s that make one, and the uses that give it its connection string. */
  readonly makers = new Map<Call, ApiUse>();
  /** Calls that open one. */
  readonly opens: readonly ApiUse[];
  #byNode: ReadonlyMap<MethodNode, readonly ApiUse[]> | undefined;

  constructor(code: AssemblyCode, { uses }: Pick<Requirements, 'uses'>) {
    this.#code = code;
    for (const use of uses) {
      const { node, operation } = use;
      if (operation.kind !== 'call' || !isGivenContext(use)) continue;
      if (operation.dispatch === 'new') this.makers.set(operation, use);
      else if (operation.instance)
        for (const { call } of makersOf(code.graph, node, operation.instance)) this.makers.set(call, use);
    }
    this.opens = this.makers.size === 0 ? [] : uses.filter((use) => this.#isOpen(use));
  }

  opensIn(node: MethodNode): readonly ApiUse[] {
    this.#byNode ??= new Map(groupedBy(this.opens, (use) => use.node).map((uses) => [uses[0].node, uses]));
    return this.#byNode.get(node) ?? [];
  }

  /** Whether what a use opens was made in a method. */
  isMadeIn({ node, operation }: ApiUse, maker: MethodNode): boolean {
    const made = operation.kind === 'call' && operation.instance ? this.madeBy(node, operation.instance) : [];
    return made.length > 0 && made.every((call) => this.makers.get(call)?.node === maker);
  }

  #isOpen({ node, member, operation }: ApiUse): boolean {
    if (member.name !== 'Open' || member.type.kind !== 'named' || !connectionTypes.has(member.type.name)) return false;
    return operation.kind === 'call' && operation.instance !== undefined && this.isOne(node, operation.instance);
  }

  /** Whether an operand is a context connection, and can be no other. */
  isOne(node: MethodNode, operand: Operand): boolean {
    return this.madeBy(node, operand).length > 0;
  }

  /** The `new`s behind an operand, where all of them make context connections. */
  madeBy(node: MethodNode, operand: Operand): readonly Call[] {
    if (this.makers.size === 0) return [];
    const made: Call[] = [];
    for (const value of valuesOf(this.#code.graph, node, operand)) {
      if (value.kind === 'constant' && value.value === null) continue;
      if (value.kind !== 'object' || !this.makers.has(value.operation)) return [];
      made.push(value.operation);
    }
    return made;
  }

  isCommand(node: MethodNode, operand: Operand): boolean {
    return this.behindCommand(node, operand).length > 0;
  }

  /**
   * The `new`s of the context connections that a command was made with, or by, where it was by no other. One that is given a
   * connection later is not told apart: it is left out.
   */
  behindCommand(node: MethodNode, operand: Operand): readonly Call[] {
    if (this.makers.size === 0) return [];
    const made: Call[] = [];
    for (const value of valuesOf(this.#code.graph, node, operand)) {
      if (value.kind === 'constant' && value.value === null) continue;
      const given = givenTo(value);
      const behind = given && 'node' in value ? this.madeBy(value.node, given) : [];
      if (behind.length === 0) return [];
      made.push(...behind);
    }
    return made;
  }
}

/** The connection that makes a command, or that one is made with. */
function givenTo(value: Value): Operand | undefined {
  if (value.kind === 'object') return value.operation.arguments[1];
  const isMade = value.kind === 'result' && value.operation.method.name === 'CreateCommand';
  return isMade ? value.operation.instance : undefined;
}

/** The connection string is surely the context connection's: the table has such a call as SAFE, and others not. */
function isGivenContext({ member, permissionSet, otherwise, api }: ApiUse): boolean {
  if (!api || permissionSet !== 'SAFE' || otherwise || member.parameters.length === 0) return false;
  if (member.type.kind !== 'named' || !connectionTypes.has(member.type.name)) return false;
  return member.name === '.ctor' || member.name === 'set_ConnectionString';
}
