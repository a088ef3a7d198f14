// Lines that a run hands to the process that started the editor, which holds one host's against another's.

export const told: string[] = [];

/** By its beginning and a sum of all of it: an extension host in a browser hands over what it prints, and at most 100,000 characters. */
export function tell(line: string): void {
  let sum = 0x811c9dc5;
  for (let at = 0; at < line.length; at++) sum = Math.imul(sum ^ line.charCodeAt(at), 0x01000193);
  told.push(`${line.slice(0, 60)} ${(sum >>> 0).toString(16)}`);
}
