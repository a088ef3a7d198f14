// What code needs, in Markdown: the permission set beside the declared one, and a reason with the way to it.
import type { PermissionSetName } from '../knowledge/permission-sets.js';
import { isStronger } from '../project/compare-sets.js';
import { abridged, checkedAtText, pathOf, whyText, type PathMember } from '../project/proof.js';
import type { Reason } from '../project/requirements.js';
import { code, escaped, placeLink } from './markdown.js';

export function neededMarkdown(permissionSet: PermissionSetName, declared: PermissionSetName | undefined): string {
  const needs = `**Needs ${permissionSet}**`;
  if (declared === undefined) return needs;
  if (declared === permissionSet) return `${needs}, as it is declared`;
  return `${isStronger(permissionSet, declared) ? '⚠ ' : ''}${needs}, and is declared ${declared}`;
}

export function reasonMarkdown(reason: Reason): string {
  const path = abridged(pathOf(reason).map(pathMarkdown), 4, '…');
  const way = [...path, code(withoutParameters(reason.member))].join(' → ');
  return `${way}: ${escaped(whyText(reason.why))}, ${checkedAtText[reason.checkedAt]}`;
}

/** A step of the way, which leads to where it is declared. */
export function pathMarkdown({ name, method: { place } }: PathMember): string {
  return place.kind === 'source' ? placeLink(code(name), place) : code(name);
}

export function withoutParameters(member: string): string {
  return member.replace(/\(.*$/s, '');
}

/** `; 2 more reasons`. */
export function more(count: number, what: string): string {
  return count <= 0 ? '' : `; ${count} more ${what}${count === 1 ? '' : 's'}`;
}
