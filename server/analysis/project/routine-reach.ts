// Routines one by one: what runs of each, and what its attribute promises.
import type { Body, OwnMethod } from '../code/body.js';
import { entryName, type EntryPoint } from '../code/entry-points.js';
import type { Edge, MethodNode } from '../code/graph.js';
import type { AssemblyCode, AttributeValue, CustomAttribute, MethodDef, Place } from '../code/model.js';
import { isCertain, methodsReaching, reachFrom, runsAlways, stepsTo, type Reachability } from '../code/reachability.js';
import type { Change } from '../code/remedy.js';
import type { ApiUse } from './api-uses.js';
import { groupedBy } from './proof.js';
import type { Requirements } from './requirements.js';

export interface Routine {
  readonly entry: EntryPoint;
  readonly reached: Reachability;
}

/** What all that runs of it uses, in the order of the code. */
export function usesOf({ reached }: Routine, { usesByMethod }: Requirements): readonly ApiUse[] {
  return [...reached.keys()]
    .flatMap((method) => usesByMethod.get(method) ?? [])
    .sort((a, b) => a.order - b.order)
    .flatMap(({ uses }) => uses);
}

/** With what each of them alone can reach. */
export function routinesOf(
  code: AssemblyCode,
  requirements: Requirements,
  isWanted: (entry: EntryPoint) => boolean,
  follows?: (edge: Edge) => boolean,
): readonly Routine[] {
  return entriesOf(requirements)
    .filter(isWanted)
    .map((entry) => ({ entry, reached: reachFrom(code.graph, [entry], follows) }));
}

/**
 * Those that lead to some of the uses, with what leads there and the uses themselves, the nearest first. `begins` has the
 * method that is gone from, of a routine that is asked for.
 */
export function routinesUsing(
  code: AssemblyCode,
  requirements: Requirements,
  begins: (entry: EntryPoint) => OwnMethod | undefined,
  uses: readonly ApiUse[],
): readonly (Routine & { readonly uses: readonly [ApiUse, ...ApiUse[]] })[] {
  if (uses.length === 0) return [];
  const byMethod = new Map(groupedBy(uses, ({ node }) => node.method).map((group) => [group[0].node.method, group]));
  const leading = methodsReaching(code.graph, byMethod.keys(), isOwnStep);
  const leads = (edge: Edge): boolean => isOwnStep(edge) && leading.has(edge.to.method);
  return entriesOf(requirements).flatMap((entry) => {
    const from = begins(entry);
    if (!from || !leading.has(from.method)) return [];
    const reached = reachFrom(code.graph, [{ ...entry, ...from }], leads, mostMethods);
    const [first, ...others] = [...reached.keys()].flatMap((method) => byMethod.get(method) ?? []);
    return first ? [{ entry, reached, uses: [first, ...others] as const }] : [];
  });
}

/** Far more than lie between a routine and what it uses. */
const mostMethods = 200;

export function entriesOf({ reachability }: Pick<Requirements, 'reachability'>): readonly EntryPoint[] {
  return [...reachability.values()].filter(({ last }) => !last).map(({ entry }) => entry);
}

/** Steps that a call takes, and what runs of an iterator: what runs once for all is left out. */
export function isOwnStep({ why }: Edge): boolean {
  return why !== 'type initialiser';
}

/** The attribute of a function, or of a method of a type. */
export function functionAttribute({ attributes }: MethodDef): CustomAttribute | undefined {
  return attributes.find(({ type }) => type === sqlFunction || type === sqlMethod);
}

const sqlFunction = 'Microsoft.SqlServer.Server.SqlFunctionAttribute';
const sqlMethod = 'Microsoft.SqlServer.Server.SqlMethodAttribute';

/** Whether the attribute says it: `DataAccess = DataAccessKind.Read`, `IsPrecise = true`; undefined where that is not known. */
export function saysOf(method: MethodDef, property: string): boolean | undefined {
  const value = functionAttribute(method)?.named.find(({ name }) => name === property)?.value;
  return value ? truthOf(value) : false;
}

/** Whether the attribute says that the routine reads data. */
export function saysItReads(method: MethodDef): boolean {
  return saysOf(method, 'DataAccess') === true || saysOf(method, 'SystemDataAccess') === true;
}

/** What makes the attribute say that the routine reads; nothing where there is no attribute. */
export function readMark(method: MethodDef, property: 'DataAccess' | 'SystemDataAccess'): readonly Change[] {
  const attribute = functionAttribute(method)?.place;
  const value = { kind: 'member', type: `Microsoft.SqlServer.Server.${property}Kind`, name: 'Read' } as const;
  return attribute ? [{ kind: 'setAttributeProperty', attribute, name: property, value }] : [];
}

/** What makes it not say it any more. */
export function withoutMarks(method: MethodDef, ...names: readonly string[]): readonly Change[] {
  const attribute = functionAttribute(method)?.place;
  return attribute ? [{ kind: 'removeAttributeProperties', attribute, names }] : [];
}

function truthOf(value: AttributeValue): boolean | undefined {
  if (value.kind === 'boolean') return value.value;
  return value.kind === 'number' ? Number(value.value) !== 0 : undefined;
}

/** `Payroll.Salary::NetPay `, or nothing where the sentence has named it. */
export function subjectOf({ entry }: Routine, node: MethodNode): string {
  return entry.method === node.method ? '' : `${entryName(entry)} `;
}

/** The routine that a finding is about, which may stand far from it. */
export function provenBy({ entry }: Routine): readonly { readonly place: Place; readonly message: string }[] {
  const what = entry.kind === 'type' ? 'a method of a type' : 'a function';
  return [{ place: entry.method.place, message: `${entryName(entry)} is ${what}` }];
}

/** Whether a use surely happens whenever a routine is called that SQL Server surely has as what it is. */
export function surelyHappens({ entry, reached }: Routine, { node, operation }: ApiUse): boolean {
  const way = reached.get(node.method);
  if (!entry.isBound || !way || !isCertain(way) || !runsAlways(node.method.body, operation.at)) return false;
  return [...stepsTo(way), { node, at: operation.at }].every((step) => !isCaught(step.node.method.body, step.at));
}

/** Whether an exception thrown there has a handler in the same method. */
export function isCaught(body: Body | undefined, at: number): boolean {
  const block = body?.blocks.findLast(({ operations, end }) => (operations[0]?.at ?? end.at) <= at);
  return (body?.regions ?? []).some(
    ({ kind, tried }) =>
      (kind === 'catch' || kind === 'filter') && block && block.index >= tried.first && block.index < tried.end,
  );
}
