// Calls that start processes, with the command where the code has it.
import type { Operand } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import type { AssemblyCode } from '../code/model.js';
import { callsIn, callsOn, makersOf, type CallAt } from '../code/objects.js';
import { constantsOf } from '../code/values.js';
import { findProcessStarter } from '../knowledge/process-starters.js';
import { shownString } from '../text/shown.js';
import type { ApiUse } from './api-uses.js';
import { textsGiven } from './string-arguments.js';

/** What a call does, in words: `starts "cmd.exe"`, `starts a process`; undefined where it starts none. */
export function startOf(code: AssemblyCode, use: ApiUse): string | undefined {
  const { member, node, operation } = use;
  const starter = member.type.kind === 'named' ? findProcessStarter(member.type.name, member.name) : undefined;
  if (!starter) return undefined;
  const { argument, given, madeOf, does } = starter;
  if (given && !textsGiven(code, use, argument).some((text) => given.test(text))) return undefined;
  if (madeOf && operation.kind === 'call') {
    const makers = operation.instance ? makersOf(code.graph, node, operation.instance) : [];
    const isMade = makers.some((maker) =>
      maker.call.arguments.some((_, index) => constantsAt(code, maker, index).some((text) => madeOf.test(text))),
    );
    if (!isMade) return undefined;
  }
  if (does) return does;
  const [command] = operation.kind === 'call' ? commandsOf(code, { node, call: operation }) : [];
  return `starts ${command ? shownString(command, longestCommand) : 'a process'}`;
}

const longestCommand = 80;
const startInfo = 'System.Diagnostics.ProcessStartInfo';

/** The first argument, or the file name of the ProcessStartInfo that is given or that the Process has. */
function commandsOf(code: AssemblyCode, start: CallAt): readonly string[] {
  const { graph } = code;
  const { node, call } = start;
  const [first] = call.arguments;
  const type = call.method.parameters[0];
  if (first && !(type?.kind === 'named' && type.name === startInfo)) return constantsAt(code, start, 0);
  if (first) return fileNamesOf(code, node, first);
  if (!call.instance) return [];
  const processes = makersOf(graph, node, call.instance);
  const infos = callsOn(graph, node, processes, ['set_StartInfo']);
  const owned = new Set(callsOn(graph, node, processes, ['get_StartInfo']).map((one) => one.call.result));
  const named = callsIn([node], ['set_FileName']).filter(
    ({ call: { instance } }) => instance?.kind === 'temporary' && owned.has(instance.index),
  );
  return [
    ...infos.flatMap((one) => (one.call.arguments[0] ? fileNamesOf(code, one.node, one.call.arguments[0]) : [])),
    ...named.flatMap((one) => constantsAt(code, one, 0)),
  ];
}

function fileNamesOf(code: AssemblyCode, node: MethodNode, info: Operand): readonly string[] {
  const makers = makersOf(code.graph, node, info);
  return [...callsOn(code.graph, node, makers, ['set_FileName']), ...makers].flatMap((one) =>
    constantsAt(code, one, 0),
  );
}

function constantsAt(code: AssemblyCode, { node, call }: CallAt, argument: number): readonly string[] {
  const operand = call.arguments[argument];
  const constants = (operand && constantsOf(code.graph, node, operand)) ?? [];
  return constants.filter((value) => typeof value === 'string');
}
