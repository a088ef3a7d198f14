// Which method of the assembly a call runs, whether it comes back, and what is known of a value whichever way it came.
import { controlFlowOf, reachesReturn, type ControlFlow } from '../code/control-flow.js';
import type { Body, Call, Operand, Operation, StoreField } from '../code/body.js';
import type { CodeGraph, MethodNode } from '../code/graph.js';
import type { FieldDef, MethodDef, TypeDef, TypeRef } from '../code/model.js';
import { staticTypeOf } from '../code/static-types.js';
import { valuesOf, type Value } from '../code/values.js';
import { given } from './identity-calls.js';
import { findIdentityAct } from '../knowledge/impersonation.js';

export class IdentityCallees {
  readonly #graph: CodeGraph;
  readonly #classes = new Map<FieldDef, 'caller' | 'context' | undefined>();
  readonly #flows = new Map<MethodNode, ControlFlow>();
  readonly #endless = new Map<MethodNode, boolean>();

  constructor(graph: CodeGraph) {
    this.#graph = graph;
  }

  /** What a call runs, where that can be one method only. */
  of(node: MethodNode, call: Call, isLater = false): MethodNode | undefined {
    const { nodes } = this.#graph;
    const own = call.method.definition?.method ?? this.#disposeOf(node, call);
    const isOverridden =
      own?.isVirtual &&
      call.dispatch === 'virtual' &&
      node.edges.some(({ at, why, to }) => why === 'override' && at === call.at && to.method !== own);
    const callee = own && !isOverridden ? nodes.get(own) : undefined;
    return callee?.method.body?.isDeferred && !isLater ? undefined : callee;
  }

  /** `using` of an own object calls the interface. */
  #disposeOf(node: MethodNode, { method, instance }: Call): MethodDef | undefined {
    if (method.name !== 'Dispose' || method.parameters.length > 0 || !instance) return undefined;
    const seen = staticTypeOf(node, instance);
    const type = this.#ownType(seen) ?? this.#madeType(node, instance);
    for (let at = type, depth = 0; at && depth < maximumBases; at = this.#ownType(at.base), depth++) {
      const found = at.methods.find(({ name, parameters }) => /(?:^|\.)Dispose$/.test(name) && parameters.length === 0);
      if (found) return found;
    }
    return undefined;
  }

  #ownType(type: TypeRef | undefined): TypeDef | undefined {
    return type?.kind === 'named' && type.assembly === undefined ? this.#graph.findType(type.name) : undefined;
  }

  #madeType(node: MethodNode, operand: Operand): TypeDef | undefined {
    const [only, ...others] = valuesOf(this.#graph, node, operand).filter(
      (value) => value.kind !== 'constant' || value.value !== null,
    );
    return only?.kind === 'object' && others.length === 0 ? this.#ownType(only.operation.method.type) : undefined;
  }

  /** What runs of the assembly's own iterators when the next row is asked for. */
  goneThrough(node: MethodNode, { instance }: Call): readonly MethodNode[] {
    const behind = (at: MethodNode, operand: Operand | undefined): readonly Value[] =>
      operand ? valuesOf(this.#graph, at, operand) : [];
    return behind(node, instance).flatMap((enumerator) => {
      if (enumerator.kind !== 'result' || enumerator.operation.method.name !== 'GetEnumerator') return [];
      const { node: at, operation } = enumerator;
      const made = behind(at, operation.instance).flatMap((rows) => {
        const type = rows.kind === 'object' ? rows.operation.method.definition?.type : undefined;
        return type && isStateMachine(type) ? given(this.#moveNextIn(type)) : [];
      });
      return made.length > 0 ? made : given(operation.instance && this.#iteratorOf(at, operation.instance));
    });
  }

  /** In a source, the iterator itself. */
  #iteratorOf({ definitions }: MethodNode, rows: Operand): MethodNode | undefined {
    const [made] = rows.kind === 'temporary' ? (definitions.temporaries.get(rows.index) ?? []) : [];
    const method = made?.kind === 'call' ? made.method.definition?.method : undefined;
    return method?.body?.isDeferred ? this.#graph.nodes.get(method) : undefined;
  }

  moveNextOf({ field: { definition } }: StoreField): MethodNode | undefined {
    return definition && this.#moveNextIn(definition.type);
  }

  #moveNextIn({ methods }: TypeDef): MethodNode | undefined {
    const method = methods.find(({ name }) => name === 'MoveNext');
    return method && this.#graph.nodes.get(method);
  }

  classOf(node: MethodNode, operand: Operand): 'caller' | 'context' | undefined {
    const [only] = operand.kind === 'temporary' ? (node.definitions.temporaries.get(operand.index) ?? []) : [];
    const field = only?.kind === 'loadField' ? only.field.definition?.field : undefined;
    if (field && this.#classes.has(field)) return this.#classes.get(field);
    const found = this.#findClass(node, operand);
    if (field) this.#classes.set(field, found);
    return found;
  }

  #findClass(node: MethodNode, operand: Operand): 'caller' | 'context' | undefined {
    let found: 'caller' | 'context' | undefined;
    for (const value of valuesOf(this.#graph, node, operand)) {
      if (value.kind === 'constant' && value.value === null) continue;
      const { type, name } = value.kind === 'result' ? value.operation.method : { type: undefined, name: '' };
      const act = type?.kind === 'named' ? findIdentityAct(type.name, name) : undefined;
      const is = act === 'caller' ? 'caller' : act === 'impersonates' ? 'context' : undefined;
      if (!is || (found && found !== is)) return undefined;
      found = is;
    }
    return found;
  }

  isZero(node: MethodNode, operand: Operand): boolean {
    const values = valuesOf(this.#graph, node, operand);
    return (
      values.length > 0 &&
      values.every(
        (value) =>
          (value.kind === 'field' && value.field.name === 'Zero') ||
          (value.kind === 'constant' && (value.value === 0 || value.value === null)),
      )
    );
  }

  /** Like `Fail(code)`, which throws; and what does nothing but call it. */
  neverReturns(node: MethodNode, call: Call, depth = 0): boolean {
    const callee = call.method.definition && this.of(node, call);
    if (!callee) return false;
    const known = this.#endless.get(callee);
    if (known !== undefined || depth > mostSteps) return known ?? false;
    this.#endless.set(callee, false);
    const never = !reachesReturn(
      this.flowOf(callee),
      (one) => one.kind === 'call' && this.neverReturns(callee, one, depth + 1),
    );
    this.#endless.set(callee, never);
    return never;
  }

  flowOf(node: MethodNode): ControlFlow {
    let flow = this.#flows.get(node);
    if (!flow) this.#flows.set(node, (flow = controlFlowOf(node.method.body ?? nothingToDo)));
    return flow;
  }
}

/** What the compiler makes of an iterator or an async method. */
export function isStateMachine({ compilerGenerated, methods }: TypeDef): boolean {
  return compilerGenerated && methods.some(({ name }) => name === 'MoveNext');
}

/** A state machine is given what it goes on with, by the method it was made of. */
export function begunBy({ type }: MethodNode, operation: Operation): operation is StoreField {
  const made = operation.kind === 'storeField' ? operation.field.definition?.type : undefined;
  return made !== undefined && made !== type && isStateMachine(made);
}

const nothingToDo: Body = { blocks: [], regions: [], locals: [], temporaries: 0, unknown: [] };
const maximumBases = 8;
/** From a method that only calls others to the one that throws. */
const mostSteps = 8;
