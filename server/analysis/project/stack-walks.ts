// What code of other assemblies demands of one that calls it. A demand walks the stack: every assembly on it has to hold the
// permission, up to one that asserts it. What is looked at when a method is compiled is its own assembly's business.
// Source: learn.microsoft.com "CLR integration code access security"; ".NET Framework: Using the Assert method"; read 2026-11.
import type { EntryPoint } from '../code/entry-points.js';
import type { Edge, MethodNode } from '../code/graph.js';
import { LinkedGraph, type Referenced } from '../code/linked-graph.js';
import type { AssemblyCode } from '../code/model.js';
import {
  isCertain,
  runsAlways,
  stepFrom,
  stepsTo,
  type Reachability,
  type Reached,
  type Steps,
} from '../code/reachability.js';
import { sourceMemberOf } from '../code/source-names.js';
import { findNotable } from '../knowledge/notable-members.js';
import type { ApiUse } from './api-uses.js';
import { isStronger } from './compare-sets.js';
import { isFirm, type Assumption } from './assumptions.js';
import { grouped } from './grouped.js';
import type { Reason } from './requirements.js';

/** What is known of the assemblies that one refers to. */
export interface Links {
  readonly referenced: Referenced;
  usesOf(code: AssemblyCode): readonly ApiUse[];
}

export interface StackWalks {
  readonly graph: LinkedGraph;
  /** Uses in other assemblies that are reached, those that may be among them. */
  readonly uses: readonly ApiUse[];
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

export function stackWalksOf(
  code: AssemblyCode,
  own: readonly ApiUse[],
  entries: readonly EntryPoint[],
  reachability: Reachability,
  { referenced, usesOf }: Links,
): StackWalks {
  const graph = new LinkedGraph(code, referenced);
  const all = stepFrom(graph, entries);
  const uses = graph.others.flatMap((other) => usesOf(other).filter(({ node }) => all.has(node.method)));
  const steps = surelyCalled(code, graph);
  const callOn = callsOut(code, own, graph);
  if (uses.length === 0) return { graph, uses, reasons: [], assumptions: [] };
  const asserting = new Set(uses.filter(isAssert).map(({ node }) => node));
  const asserts = (node: MethodNode): boolean => asserting.has(node) || declaresAssert(node);
  const sure = stepFrom(
    { ...steps, edgesOf: (node) => (node.code !== code && asserts(node) ? [] : steps.edgesOf(node)) },
    entries,
  );
  const reasons = new Map<string, Reason>();
  const possible = new Map<AssemblyCode, Assumption>();
  for (const use of uses) {
    const { api, node, operation, permissionSet } = use;
    if (!api || permissionSet === 'unknown' || permissionSet === 'SAFE' || permissionSet === 'NONE' || !isDemand(use))
      continue;
    const way = asserts(node) || operation.kind !== 'call' ? undefined : sure.get(node.method);
    const found = way ?? all.get(node.method);
    const call = found && callOn(found);
    const reached = call && reachability.get(call.node.method);
    if (!call || !reached) continue;
    const key = `${call.operation.at} ${call.node.type.name}::${call.node.method.name} ${use.text} ${permissionSet}`;
    if (!way) {
      const known = possible.get(node.code)?.otherwise;
      if (!known || isStronger(permissionSet, known)) possible.set(node.code, possibly(call, use, permissionSet));
    } else if (!reasons.has(key))
      reasons.set(key, {
        permissionSet,
        member: use.text,
        why: api.reason,
        checkedAt: 'call',
        api,
        use: call,
        place: call.place,
        reached,
        beyond: { way, use },
        isCertain: api.confidence === 'high' && isCertain(way) && runsAlways(node.method.body, operation.at),
      });
  }
  return { graph, uses, reasons: [...reasons.values()], assumptions: [...possible.values()] };
}

/** A library does what it surely is told to: its overrides and objects that may come in the way are no proof. */
function surelyCalled({ graph: own }: AssemblyCode, graph: LinkedGraph): Steps {
  return {
    nodeOf: (method) => graph.nodeOf(method),
    edgesOf: (node) => graph.edgesOf(node).filter((edge) => isSure(edge) || own.nodes.has(edge.to.method)),
  };
}

/** The own call by which a way leads out. */
function callsOut(
  code: AssemblyCode,
  own: readonly ApiUse[],
  graph: LinkedGraph,
): (way: Reached) => ApiUse | undefined {
  const calls = grouped(own, ({ node }) => node);
  return (way) => {
    const step = stepsTo(way).findLast(({ node }) => node.code === code);
    const there = step && calls.get(step.node);
    return there?.find(({ member, operation }) => operation.at === step?.at && graph.definitionOf(code, member));
  };
}

/** Only what is demanded of every caller, and nothing that is looked at for the direct one. */
export function isDemand({ api }: ApiUse): boolean {
  return api !== undefined && isFirm(api) && api.checks.length > 0 && api.checks.every((check) => check === 'demand');
}

function isSure({ why }: Edge): boolean {
  return why === 'call' || why === 'type initialiser';
}

function isAssert({ member: { type, name } }: ApiUse): boolean {
  return type.kind === 'named' && findNotable(type.name, name) === 'assert';
}

function declaresAssert({ type, method }: MethodNode): boolean {
  return [...type.security, ...method.security].some(({ action }) => action === 'Assert');
}

function possibly(call: ApiUse, { node, text }: ApiUse, otherwise: 'EXTERNAL_ACCESS' | 'UNSAFE'): Assumption {
  const where = sourceMemberOf(node.type, node.method).name;
  return {
    kind: 'assembly',
    text: `${call.text} may lead to ${where} of ${node.code.identity.name}, where ${text} may need ${otherwise} of its callers`,
    otherwise,
  };
}
