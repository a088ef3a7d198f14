import type { Compute, Operand } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { placeIn, type AssemblyCode, type MethodDef, type Place } from '../code/model.js';
import { makersOf } from '../code/objects.js';
import { fixesBy } from '../code/remedy.js';
import { staticTypeOf } from '../code/static-types.js';
import { changingValueOf, floatMath, floatTypes, randomMembers, randomType } from '../knowledge/changing-values.js';
import type { ApiUse } from '../project/api-uses.js';
import { ContextConnections } from '../project/context-connections.js';
import { whereOf } from '../project/proof.js';
import {
  isOwnStep,
  provenBy,
  type Routine,
  routinesOf,
  saysOf,
  subjectOf,
  usesOf,
  withoutMarks,
} from '../project/routine-reach.js';
import type { CodeRule } from './rule.js';

export const falseDeterminism: CodeRule = {
  name: 'false-determinism',
  summary: 'A function says that it is deterministic or precise, and what it runs is not.',
  topic: 'data-access',
  severity: 'warning',
  phase: 'review',
  on: 'code',
  check(code, report, { requirements }) {
    const routines = routinesOf(code, requirements, ({ method }) => isPromising(method), isOwnStep);
    if (routines.length === 0) return;
    const { opens } = new ContextConnections(code, requirements);
    for (const routine of routines) {
      const { method } = routine.entry;
      const uses = usesOf(routine, requirements);
      if (saysOf(method, 'IsDeterministic')) {
        const [changing] = uses.flatMap((use) => {
          const what = opens.includes(use) ? 'data' : changingBy(code, use);
          return what === undefined ? [] : [{ use, what }];
        });
        if (changing)
          report(
            changing.use.place,
            `${whereOf(changing.use)} reads ${changing.what} by ${changing.use.text}, and ${subjectOf(routine, changing.use.node)}says IsDeterministic`,
            {
              ...fixesBy(code, { title: 'Remove IsDeterministic', changes: withoutMarks(method, 'IsDeterministic') }),
              proof: provenBy(routine),
            },
          );
      }
      const float = saysOf(method, 'IsPrecise') ? firstFloat(code, routine, uses) : undefined;
      if (float)
        report(
          float.place,
          `${float.where} computes with floating point numbers, and ${subjectOf(routine, float.node)}says IsPrecise`,
          {
            ...fixesBy(code, { title: 'Remove IsPrecise', changes: withoutMarks(method, 'IsPrecise') }),
            proof: provenBy(routine),
          },
        );
    }
  },
};

function isPromising(method: MethodDef): boolean {
  return saysOf(method, 'IsDeterministic') === true || saysOf(method, 'IsPrecise') === true;
}

function changingBy(code: AssemblyCode, { node, member, operation }: ApiUse): string | undefined {
  const { type, name } = member;
  if (type.kind !== 'named') return undefined;
  if (type.name !== randomType || !randomMembers.has(name)) return changingValueOf(type.name, name);
  const made = operation.kind === 'call' && operation.instance ? makersOf(code.graph, node, operation.instance) : [];
  return made.some(({ call }) => call.arguments.length === 0) ? 'a random number' : undefined;
}

interface Found {
  readonly place: Place;
  readonly node: MethodNode;
  readonly where: string;
}

function firstFloat({ graph }: AssemblyCode, { reached }: Routine, uses: readonly ApiUse[]): Found | undefined {
  const [use] = uses.filter(isFloatMember);
  if (use) return { place: use.place, node: use.node, where: whereOf(use) };
  for (const method of reached.keys()) {
    const node = graph.nodes.get(method);
    const operation = node && floatComputationIn(node);
    if (operation) return { place: placeIn(method, operation), node, where: whereOf({ node, operation }) };
  }
  return undefined;
}

function isFloatMember({ member: { type, name } }: ApiUse): boolean {
  if (type.kind !== 'named') return false;
  if (type.name === 'System.Math') return floatMath.has(name);
  return floatTypes.has(type.name) && /^op_(?:Addition|Subtraction|Multiply|Division)$/.test(name);
}

const arithmetic: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'div', 'rem']);

function floatComputationIn(node: MethodNode): Compute | undefined {
  for (const { operations } of node.method.body?.blocks ?? [])
    for (const operation of operations)
      if (
        operation.kind === 'compute' &&
        arithmetic.has(operation.operator) &&
        operation.operands.some((operand) => isFloat(node, operand))
      )
        return operation;
  return undefined;
}

/** Of what is converted or computed on the way the type is not told: it is left out. */
function isFloat(node: MethodNode, operand: Operand): boolean {
  if (operand.kind === 'constant') return typeof operand.value === 'number' && !Number.isInteger(operand.value);
  const type = staticTypeOf(node, operand);
  return type?.kind === 'named' && floatTypes.has(type.name);
}
