// What comes from T-SQL through an assembly's code to where it does harm.
import type { MethodRef } from '../code/body.js';
import type { EntryPoint } from '../code/entry-points.js';
import type { MethodNode } from '../code/graph.js';
import { placeIn, type AssemblyCode, type Place, type TypeRef } from '../code/model.js';
import { shortTypeName } from '../code/names.js';
import { sourceMemberOf } from '../code/source-names.js';
import type { Source, Trace } from '../code/method-facts.js';
import { followTaint, type Reach, type TaintResult } from '../code/taint.js';
import { findQueryResult, readerType, textTypes } from '../knowledge/input-sources.js';
import { harmlessWhole, type SinkHarm } from '../knowledge/input-sinks.js';
import type { ApiUse } from './api-uses.js';
import { allHarm, harmOfStored, InputPolicy, type InputSinkAt } from './input-policy.js';
import { alsoElsewhere, groupedBy, whereOf, type ProofStep } from './proof.js';
import type { Requirements } from './requirements.js';
import { entriesOf } from './routine-reach.js';

/** One place where something from outside does harm. */
export interface InputFlow {
  readonly harm: SinkHarm;
  readonly place: Place;
  /** In words: `Files::Read uses parameter path of Files::Read as a path in System.IO.File::ReadAllText`. */
  readonly message: string;
  readonly source: Source;
  /** Only an administrator gives it, as far as scripts tell; or it was read in the database, where somebody else has put it. */
  readonly isMild: boolean;
  /** All of it: nothing was put around it. */
  readonly isWhole: boolean;
  readonly proof: readonly ProofStep[];
}

export interface UntrustedInput {
  readonly flows: readonly InputFlow[];
  /** What was not followed, in words. */
  readonly bounds: readonly string[];
}

export function untrustedInputOf(
  code: AssemblyCode,
  requirements: Pick<Requirements, 'reachability' | 'uses'>,
): UntrustedInput {
  const { reachability, uses } = requirements;
  const entries = entriesOf(requirements);
  const mild = parametersOf(
    code,
    entries.filter((entry) => entry.isForAdministrators),
  );
  const policy = new InputPolicy(code, new Set(entries.map(({ method }) => method)), (method) =>
    reachability.has(method),
  );
  const result = followTaint(
    code.graph,
    [
      {
        sources: parametersOf(
          code,
          entries.filter((entry) => !entry.isForAdministrators),
        ),
        harm: allHarm,
      },
      { sources: mild, harm: allHarm },
      { sources: uses.flatMap((use) => queryResult(use, reachability)), harm: harmOfStored },
    ],
    policy,
  );
  const places = new Map([...code.graph.nodes.values()].map((node, index) => [node, index]));
  const placeOf = ({ node }: Reach<InputSinkAt>): number => places.get(node) ?? 0;
  const inOrder = [...result.reaches].sort((a, b) => placeOf(a) - placeOf(b) || a.call.at - b.call.at);
  return { flows: toldOnce(inOrder, new Set(mild.map(({ node }) => node))).filter(isHarm), bounds: boundsOf(result) };
}

function isHarm({ harm, isWhole }: InputFlow): boolean {
  return !isWhole || !harmlessWhole.has(harm);
}

/** The same member given the same in one method is told once; that a file is there is no news where it is used. */
function toldOnce(reaches: readonly Reach<InputSinkAt>[], mild: ReadonlySet<MethodNode>): readonly InputFlow[] {
  const byMethod = groupedBy(reaches, ({ node, source, sink }) =>
    [sink.harm, whereOf({ node, operation: noOperation }), sourceText(source)].join(),
  );
  return byMethod.flatMap((group) => {
    const uses = group.filter(({ call }) => !call.method.name.endsWith('Exists'));
    return groupedBy(uses.length > 0 ? uses : group, ({ sink }) => sink.member).map((same) => {
      const [first] = same;
      return flowOf(first, alsoElsewhere(same), mild);
    });
  });
}

/** What T-SQL hands over. What a method that fills rows is given comes from the code itself, and of an aggregate all but what it accumulates. */
function parametersOf(code: AssemblyCode, entries: readonly EntryPoint[]): readonly Source[] {
  return entries.flatMap(({ kind, method }): readonly Source[] => {
    const node = code.graph.nodes.get(method);
    if (!node || kind === 'public' || kind === 'fill row') return [];
    if (kind === 'aggregate' && method.name !== 'Accumulate') return [];
    const isReader = kind === 'type' && /(?:^|\.)Read$/.test(method.name);
    return method.parameters.flatMap(({ type, isOut }, index) => {
      const given = type.kind === 'byReference' ? type.element : type;
      const isSource = isReader ? isNamed(given, readerType) : textTypes.has(shortTypeName(given));
      return isSource && !isOut ? [{ kind: 'parameter' as const, node, index }] : [];
    });
  });
}

function isNamed(type: TypeRef, name: string): boolean {
  return type.kind === 'named' && type.name === name;
}

function queryResult(
  { node, member, operation }: ApiUse,
  reachability: Requirements['reachability'],
): readonly Source[] {
  const found = member.type.kind === 'named' ? findQueryResult(member.type.name, member.name) : undefined;
  if (!found || operation.kind !== 'call' || !reachability.has(node.method)) return [];
  const shift = operation.instance ? 1 : 0;
  const operand = found.gives === 'result' ? 'result' : found.gives + shift;
  return [{ kind: 'result', node, operation, operand }];
}

function flowOf(
  { sink, source, node, call, trace }: Reach<InputSinkAt>,
  also: string,
  mild: ReadonlySet<MethodNode>,
): InputFlow {
  const place = placeIn(node.method, call);
  const where = whereOf({ node, operation: call });
  const text = sourceText(source);
  return {
    harm: sink.harm,
    source,
    place,
    message: `${where} ${verbsOf(sink.harm, text, !trace.isJoined)} ${sink.member}${also}`,
    isMild: source.kind === 'result' || mild.has(source.node),
    isWhole: !trace.isJoined,
    proof: [
      ...stepsOf(trace).flatMap((step) => proofStep(step, source, text)),
      { place, message: `${where} hands it to ${sink.member}` },
    ],
  };
}

/** What becomes of the source, up to the member that does it. */
function verbsOf(harm: SinkHarm, source: string, isWhole: boolean): string {
  if (harm === 'serialized') return `makes objects of ${source} by`;
  if (harm === 'xml') return `reads XML of ${source}, which may say what is fetched or run, by`;
  return isWhole ? `uses ${source} as ${nouns[harm]} in` : `puts ${source} into ${nouns[harm]} for`;
}

const nouns: Readonly<Record<Exclude<SinkHarm, 'serialized' | 'xml'>, string>> = {
  sql: 'SQL text',
  connection: 'a connection string',
  path: 'a path',
  url: 'an address',
  command: 'a command',
  ldap: 'an LDAP filter or path',
  xpath: 'an XPath expression',
  type: 'the name or text of code',
  pattern: 'a pattern',
};

function sourceText(source: Source): string {
  if (source.kind === 'result') return `data read by ${memberName(source.operation.method)}`;
  const { node, index } = source;
  return `parameter ${node.method.parameters[index]?.name ?? index} of ${sourceMemberOf(node.type, node.method).name}`;
}

/** Overloads are one. */
function memberName({ type, name }: MethodRef): string {
  return `${type.kind === 'named' ? type.name : shortTypeName(type)}::${name}`;
}

const noOperation = { at: 0 };
const maximumShown = 12;

function stepsOf(trace: Trace): readonly Trace[] {
  const steps: Trace[] = [];
  for (let one: Trace | undefined = trace; one; one = one.before) steps.push(one);
  steps.reverse();
  const half = maximumShown / 2;
  return steps.length <= maximumShown ? steps : [...steps.slice(0, half), ...steps.slice(-half)];
}

function proofStep(step: Trace, source: Source, text: string): readonly ProofStep[] {
  const { node, operation, other, field, kind } = step;
  const place = operation ? placeIn(node.method, operation) : node.method.place;
  const where = operation ? whereOf({ node, operation }) : '';
  const name = other ? sourceMemberOf(other.type, other.method).name : '';
  switch (kind) {
    case 'source':
      return [{ place, message: source.kind === 'parameter' ? `T-SQL gives ${text}` : `${where} has ${text}` }];
    case 'call':
      return [{ place, message: `${where} hands it to ${name}` }];
    case 'return':
      return [{ place, message: `${where} has it back from ${name}` }];
    case 'field':
      return [{ place, message: `${where} keeps it in ${fieldText(field)}` }];
    case 'joined':
      return [{ place, message: `${where} puts it together with other text` }];
  }
}

function fieldText(field: Trace['field']): string {
  return typeof field === 'object' ? `field ${field.name}` : `member ${field?.split('::').at(-1) ?? ''}`;
}

function boundsOf({ isComplete, leftOut }: TaintResult<InputSinkAt>): readonly string[] {
  return [
    ...(isComplete ? [] : ['what T-SQL gives was not followed to its end']),
    ...leftOut.map(({ type, method }) => `${sourceMemberOf(type, method).name} is too tangled to be followed`),
  ];
}
