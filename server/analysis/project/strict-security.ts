// Whether `clr strict security` is on where a script hands SQL Server an assembly, as far as scripts tell: it is an option of the
// whole server, and another script may have run before or not.
// Source: learn.microsoft.com "CLR strict security"; read 2026-11.
import type { Statement } from '../tsql/nodes.js';
import { configuredIn } from './configuration.js';
import type { Evidence } from './evidence.js';
import { grouped } from './grouped.js';
import type { Project, ScriptFile } from './project.js';
import { isAhead, runOf } from './run-order.js';
import type { Step } from './timeline.js';

/** `for a while`: it is off where the statement runs, and on again further down. `perhaps`: another script turns it off. */
export interface Strictness {
  readonly is: 'on' | 'off' | 'off for a while' | 'perhaps off';
  readonly evidence: readonly Evidence[];
}

/** Of the settings, where no script turns it off. */
export function isStrict(project: Project): boolean {
  return project.clrStrictSecurity && !project.scriptsWith('execute').some((file) => turnsIn(file).some(isOff));
}

/** As if no script turned it off: for what is to be done instead of that. */
export function strictnessBySettings({ clrStrictSecurity }: Project): StrictnessAt {
  return () => (clrStrictSecurity ? strict : lenient);
}

export type StrictnessAt = (file: ScriptFile, statement: Statement) => Strictness;

export function strictnessIn(project: Project): StrictnessAt {
  if (!project.clrStrictSecurity) return strictnessBySettings(project);
  const all = project.scriptsWith('execute').flatMap(turnsIn);
  const off = all.filter(isOff);
  if (off.length === 0) return strictnessBySettings(project);
  const byRun = grouped(all, ({ step }) => step && runOf(step.file.uri));
  return (file, statement) => {
    const step = file.timeline.stepOf(statement);
    const own = (step && byRun.get(runOf(file.uri))) ?? [];
    const before = step && own.findLast((turn) => turn.step && isAhead(turn.step, step));
    if (!before) return { is: 'perhaps off', evidence: off.slice(0, 1).map(evidenceOf) };
    if (!isOff(before)) return strict;
    const last = own.at(-1);
    return last && !isOff(last)
      ? { is: 'off for a while', evidence: [before, last].map(evidenceOf) }
      : { is: 'off', evidence: [evidenceOf(before)] };
  };
}

const strict: Strictness = { is: 'on', evidence: [] };
const lenient: Strictness = { is: 'off', evidence: [] };

interface Turn {
  readonly number: number;
  /** Undefined in a T-SQL body, which may run some day. */
  readonly step: Step | undefined;
  readonly uri: string;
  readonly span: Evidence['span'];
}

function turnsIn(file: ScriptFile): readonly Turn[] {
  return configuredIn(file.script).flatMap(({ option, number, statement }) =>
    option === 'clr strict security' && number !== undefined
      ? [{ number, step: file.timeline.stepOf(statement), uri: file.uri, span: statement.span }]
      : [],
  );
}

function isOff({ number }: Turn): boolean {
  return number === 0;
}

function evidenceOf(turn: Turn): Evidence {
  const { uri, span } = turn;
  return { uri, span, message: `'clr strict security' is turned ${isOff(turn) ? 'off' : 'on'} here` };
}
