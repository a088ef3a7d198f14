// Where a member does harm only as it is set up: what a command is told to take its text for, what a serializer is given.
import type { CallIn } from '../code/taint-policy.js';
import { alwaysGoesOn, callBehind, constantIn, makerOf, settingsOf } from './object-settings.js';

/** With CommandType.StoredProcedure the text is a name that is called, whatever stands in it, and is never run as a batch. */
export function isProcedureName({ flow, step, call }: CallIn): boolean {
  const command = call.method.name === '.ctor' ? step.gives : step.reads[0];
  const settings = settingsOf(flow, command, 'set_CommandType');
  return (
    settings.every(({ constant }) => constant === storedProcedure) &&
    settings.some((setting) => alwaysGoesOn(flow, step, setting.step) || alwaysGoesOn(flow, setting.step, step))
  );
}

const storedProcedure = 4;

/** `Create` of WMI's Win32_Process, where the path of the class is a constant. */
export function createsProcess({ flow, step, call }: CallIn): boolean {
  const maker = callBehind(flow, step.reads[0]);
  const path = maker && constantIn(flow, maker.step, maker.call, 0);
  return constantIn(flow, step, call, 0) === 'Create' && typeof path === 'string' && /\bWin32_Process$/i.test(path);
}

/** JavaScriptSerializer makes objects of the types that the text names only where it is given a resolver. */
export function makesNamedTypes({ flow, step, call }: CallIn): boolean {
  const { type } = call.method;
  if (type.kind !== 'named' || !type.name.endsWith('.JavaScriptSerializer')) return true;
  return makerOf(flow, step.reads[0])?.arguments.some((given) => given.kind !== 'constant') ?? false;
}
