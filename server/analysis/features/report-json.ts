// The capability report as JSON, as documented in docs/report.md: keys are only ever added.
import type { Location } from '../project/build-project.js';
import type { Finding } from '../rules/rule.js';
import { baselinesOf } from '../knowledge/baselines.js';
import type { PlaceOf } from './link-graph.js';
import type { WeaknessesOf } from './report-document.js';
import type { CapabilityReport, ReportedRoutine } from './report.js';
import type { Touched } from './report-touches.js';

export function reportJson(report: CapabilityReport, weaknessesOf: WeaknessesOf, placeOf: PlaceOf): string {
  const at = ({ uri, span }: Location): object => placeOf({ uri, span });
  const finding = (one: Finding): object => ({
    rule: one.rule,
    severity: one.severity,
    message: one.message,
    ...at(one),
    sqlErrors: one.sqlErrors,
    cwe: weaknessesOf(one.rule),
    baselines: baselinesOf(one.rule).map(({ id }) => id),
  });
  const touch = ({ place, more, ...rest }: Touched): object => ({ ...rest, more, ...(place && { place: at(place) }) });
  const routine = ({ callers, place, touches, asks, findings, ...rest }: ReportedRoutine): object => ({
    ...rest,
    place: at(place),
    callers: {
      ...callers,
      said: callers.said.map(({ kind, permission, principal, on, ...where }) => ({
        kind,
        permission,
        principal,
        on,
        ...at(where),
      })),
      by: callers.by.map(({ at: where, ...who }) => ({ ...who, ...at(where) })),
    },
    touches: touches.map(touch),
    asks: asks.map(({ permission, on, at: where }) => ({ permission, on, ...at(where) })),
    findings: findings.map(finding),
  });
  const document = {
    target: report.target,
    clrStrictSecurity: report.clrStrictSecurity,
    assemblies: report.assemblies.map(({ places, trust, touches, routines, findings, ...rest }) => ({
      ...rest,
      places: places.map(at),
      ...(trust && { trust: { verdict: trust.verdict, because: trust.because, error: trust.error } }),
      touches: touches.map(touch),
      routines: routines.map(routine),
      findings: findings.map(finding),
    })),
    unbound: report.unbound.map(routine),
    others: report.others.map(finding),
    baselines: report.baselines.map(({ baseline: { id, by, asks, editions }, findings, assemblies }) => ({
      id,
      by,
      asks,
      editions,
      assemblies,
      findings: findings.map((one) => ({ rule: one.rule, ...at(one) })),
    })),
    leftOut: report.leftOut,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
