// What a host sets of the analysis, and the server that is written for.
import { findTarget, targets, type TargetName } from '../knowledge/targets.js';
import type { KnownObjects, Server } from '../project/project.js';
import type { Override, RuleLevels } from '../rules/levels.js';

export interface Settings {
  readonly target: TargetName;
  /** Undefined: as the target has it by default. */
  readonly clrStrictSecurity?: boolean;
  readonly rules: RuleLevels;
  /** What holds for some files besides, in the order in which it is applied. */
  readonly overrides?: readonly Override[];
  /** False: comments silence nothing. */
  readonly suppressions?: boolean;
  /** `2026-11-25`: comments that hold until a day before are over. */
  readonly today?: string;
  readonly known?: Partial<KnownObjects>;
}

export const defaultSettings: Settings = { target: 'sql-server-2022', rules: {} };

export function serverOf(settings: Settings): Server {
  const target = findTarget(settings.target) ?? findTarget(defaultSettings.target) ?? targets[0];
  if (!target) throw new Error('The table of targets is empty');
  const { assemblies = [], sysadmins = [] } = settings.known ?? {};
  return {
    target,
    clrStrictSecurity: target.strictSecurity && (settings.clrStrictSecurity ?? true),
    known: { assemblies, sysadmins },
  };
}
