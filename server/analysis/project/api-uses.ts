// Every use of a member of the framework in an assembly, and what it needs as its arguments have it.
import type { Call, MethodPointer, MethodRef } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { placeIn, type AssemblyCode, type Place } from '../code/model.js';
import { memberText, parameterNames } from '../code/names.js';
import { valuesOf, type Value } from '../code/values.js';
import { staticTypeOf } from '../code/static-types.js';
import { findApiRequirement, type ApiRequirement } from '../knowledge/api-permissions.js';
import { isDerivedFrom } from '../knowledge/framework-types.js';
import {
  findArgumentCondition,
  hasArgumentCondition,
  isContextConnection,
  type ArgumentCondition,
} from '../knowledge/argument-conditions.js';
import { isStronger, type ApiPermissionSet } from './compare-sets.js';

/** A call of a member of the framework, and what it needs as it stands. */
export interface ApiUse {
  readonly node: MethodNode;
  readonly member: MethodRef;
  readonly operation: Call | MethodPointer;
  readonly text: string;
  readonly place: Place;
  /** Undefined where nothing is known of the member, and for the methods of arrays. */
  readonly api: ApiRequirement | undefined;
  /** As the arguments have it; `unknown` where nothing is known. */
  readonly permissionSet: ApiPermissionSet | 'unknown';
  /** What it needs otherwise, where an argument decides that is not known. */
  readonly otherwise: ApiPermissionSet | undefined;
}

/** Every call of a member of the framework, in order of the code. */
export function apiUsesOf(code: AssemblyCode): readonly ApiUse[] {
  const uses: ApiUse[] = [];
  const known = new Map<MethodRef, KnownMember>();
  for (const node of code.graph.nodes.values()) {
    for (const { member, operation } of node.uses) {
      let found = known.get(member);
      if (!found) known.set(member, (found = knownMember(member)));
      uses.push(new FoundUse(node, operation, found, needOf(code, node, operation, found)));
    }
  }
  return uses;
}

/** What does not depend on where it is called. */
interface KnownMember {
  readonly member: MethodRef;
  readonly text: string;
  readonly parameters: readonly string[];
  readonly api: ApiRequirement | undefined;
}

function knownMember(member: MethodRef): KnownMember {
  const parameters = parameterNames(member);
  const api = member.type.kind === 'named' ? findApiRequirement(member.type.name, member.name, parameters) : undefined;
  return { member, text: memberText(member), parameters, api };
}

/** What a call needs as it stands: the weaker set where an argument decides that is not known, and then the other. */
type Need = Pick<ApiUse, 'api' | 'permissionSet' | 'otherwise'>;

class FoundUse implements ApiUse {
  readonly node: MethodNode;
  readonly operation: Call | MethodPointer;
  readonly api: ApiRequirement | undefined;
  readonly permissionSet: ApiUse['permissionSet'];
  readonly otherwise: ApiPermissionSet | undefined;
  readonly #known: KnownMember;

  constructor(node: MethodNode, operation: Call | MethodPointer, known: KnownMember, need: Need) {
    this.node = node;
    this.operation = operation;
    this.#known = known;
    this.api = need.api;
    this.permissionSet = need.permissionSet;
    this.otherwise = need.otherwise;
  }

  get member(): MethodRef {
    return this.#known.member;
  }

  get text(): string {
    return this.#known.text;
  }

  get place(): Place {
    return placeIn(this.node.method, this.operation);
  }
}

function needOf(code: AssemblyCode, node: MethodNode, operation: Call | MethodPointer, known: KnownMember): Need {
  const { member } = known;
  // The runtime itself makes the methods of arrays (ECMA-335 II.14.2): nothing is checked.
  if (member.type.kind === 'array') return { api: undefined, permissionSet: 'SAFE', otherwise: undefined };
  const receiver = operation.kind === 'call' ? receiverOf(node, operation, known) : undefined;
  const api = receiver ? strongerOf(known.api, demandedBy(receiver, known)) : known.api;
  if (!api) return { api, permissionSet: 'unknown', otherwise: undefined };
  const condition = conditionOf(known, receiver);
  const argument = condition && operation.kind === 'call' ? operation.arguments[condition.argument] : undefined;
  if (!condition || !argument) return { api, permissionSet: api.permissionSet, otherwise: undefined };
  const holds = condition.is === 'anything' ? true : verdictOn(condition, valuesOf(code.graph, node, argument));
  const { then, otherwise } = condition;
  if (holds !== undefined) return { api, permissionSet: holds ? then : otherwise, otherwise: undefined };
  return isStronger(then, otherwise)
    ? { api, permissionSet: otherwise, otherwise: then }
    : { api, permissionSet: then, otherwise };
}

/** A member that a base declares is asked for as a member of what it is called on, where that is known. */
function conditionOf({ member, parameters }: KnownMember, receiver: string | undefined): ArgumentCondition | undefined {
  if (member.type.kind !== 'named' || !hasArgumentCondition(member.name)) return undefined;
  const own = findArgumentCondition(member.type.name, member.name, parameters);
  return own ?? (receiver === undefined ? undefined : findArgumentCondition(receiver, member.name, parameters));
}

/**
 * The framework's type that a virtual call is made on, where the reference names a base of it: compilers name the member that
 * is overridden, and what runs is the override.
 */
function receiverOf(node: MethodNode, { dispatch, instance }: Call, { member }: KnownMember): string | undefined {
  if (dispatch !== 'virtual' || !instance || member.type.kind !== 'named') return undefined;
  const type = staticTypeOf(node, instance);
  if (type?.kind !== 'named' || type.name === member.type.name) return undefined;
  return isDerivedFrom(type.name, member.type.name) ? type.name : undefined;
}

/** What an override itself demands when it runs: what is looked at earlier is the member that the reference names. */
function demandedBy(receiver: string, { member, parameters }: KnownMember): ApiRequirement | undefined {
  const api = findApiRequirement(receiver, member.name, parameters);
  const isOwn = api?.row === 'overload' || api?.row === 'member';
  return isOwn && api.checks.length > 0 && api.checks.every((check) => check === 'demand') ? api : undefined;
}

function strongerOf(one: ApiRequirement | undefined, other: ApiRequirement | undefined): ApiRequirement | undefined {
  if (!one || !other) return one ?? other;
  return isStronger(other.permissionSet, one.permissionSet) ? other : one;
}

/** Whether the argument is what the condition asks; undefined where it may or may not be. */
function verdictOn({ is }: ArgumentCondition, values: readonly Value[]): boolean | undefined {
  let holds = false;
  let isOpen = values.length === 0;
  for (const value of values) {
    if (value.kind === 'constant') {
      const fits =
        is === 'context-connection'
          ? typeof value.value === 'string' && isContextConnection(value.value)
          : is !== 'anything' && is.oneOf.includes(typeof value.value === 'bigint' ? Number(value.value) : value.value);
      // A variable is null before it is given a connection string.
      if (!fits && !(is === 'context-connection' && (value.value === null || value.value === ''))) return false;
      holds ||= fits;
    } else if (value.kind === 'object' && is !== 'context-connection') return false;
    else isOpen = true;
  }
  return isOpen ? undefined : holds ? true : undefined;
}
