// Changes of the model as edits of the sources: what stands there stays as it is laid out, and where it is not certain how to
// write one there is none.
import type { Change, SourceEdit } from '../code/remedy.js';
import { removeAttribute, removeProperties, setProperty } from './mend-attributes.js';
import { addArguments, replaceMembers, replaceText } from './mend-arguments.js';
import { makeReadonly } from './mend-field.js';
import { makeRoutine } from './mend-routine.js';
import { parameterise } from './mend-command.js';
import { throwIfNull } from './mend-guard.js';
import { regionsOf } from './mend-regions.js';
import { removeStatement, rethrow } from './mend-statements.js';
import { undoAtEnd } from './mend-undo.js';
import { MendedSources, type MendInput } from './mended-sources.js';

export function menderOf(input: MendInput): (changes: readonly Change[]) => readonly SourceEdit[] | undefined {
  let sources: MendedSources | undefined;
  return (changes) => {
    sources ??= new MendedSources(input);
    const edits: SourceEdit[] = [];
    for (const change of changes) {
      if (input.asked) regionsOf(sources, change).forEach(input.asked);
      const made = editsOf(sources, change);
      if (!made) return undefined;
      edits.push(...made);
    }
    return joined(edits);
  };
}

function editsOf(sources: MendedSources, change: Change): readonly SourceEdit[] | undefined {
  switch (change.kind) {
    case 'makeRoutine':
      return makeRoutine(sources, change);
    case 'makeReadonly':
      return makeReadonly(sources, change);
    case 'setAttributeProperty':
      return setProperty(sources, change);
    case 'removeAttributeProperties':
      return removeProperties(sources, change);
    case 'removeAttribute':
      return removeAttribute(sources, change);
    case 'removeStatement':
      return removeStatement(sources, change);
    case 'rethrow':
      return rethrow(sources, change);
    case 'parameterise':
      return parameterise(sources, change);
    case 'throwIfNull':
      return throwIfNull(sources, change);
    case 'undoAtEnd':
      return undoAtEnd(sources, change);
    case 'addArguments':
      return addArguments(sources, change);
    case 'replaceText':
      return replaceText(sources, change);
    case 'replaceMembers':
      return replaceMembers(sources, change);
  }
}

/** In order, what is inserted at one place as one; undefined where two are in each other's way. */
function joined(edits: readonly SourceEdit[]): readonly SourceEdit[] | undefined {
  const found: SourceEdit[] = [];
  for (const edit of [...edits].sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.at.start - b.at.start))) {
    const last = found.at(-1);
    const isSame = last?.uri === edit.uri;
    if (isSame && last.at.start === edit.at.start && last.at.end === edit.at.end) {
      if (last.at.start < last.at.end) {
        if (last.text !== edit.text) return undefined;
      } else found.splice(-1, 1, { ...last, text: last.text + edit.text });
    } else if (isSame && edit.at.start < last.at.end) return undefined;
    else found.push(edit);
  }
  return found;
}
