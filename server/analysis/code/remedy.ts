// What would mend a finding, in the model's terms. A rule says what; whoever read the code from a source knows how it is written.
import type { Span } from '../text/span.js';
import type { AssemblyCode, MethodDef, Place, TypeDef } from './model.js';

export interface Remedy {
  readonly title: string;
  /** All of them or none. */
  readonly changes: readonly Change[];
  /** What runs does another thing then: somebody has to look at it. */
  readonly needsReview?: boolean;
}

/** Declarations and attributes are named by their place, what a method does by that of its operation. */
export type Change =
  /** Public and static, in a class that is public. */
  | { readonly kind: 'makeRoutine'; readonly type: TypeDef; readonly method: MethodDef }
  | { readonly kind: 'makeReadonly'; readonly field: Place }
  | {
      readonly kind: 'setAttributeProperty';
      readonly attribute: Place;
      readonly name: string;
      readonly value: WrittenValue;
    }
  | { readonly kind: 'removeAttributeProperties'; readonly attribute: Place; readonly names: readonly string[] }
  | { readonly kind: 'removeAttribute'; readonly attribute: Place }
  /** The operation, where it is all that a statement does. */
  | { readonly kind: 'removeStatement'; readonly at: Place }
  /** Before the statement that uses a variable's members there: an exception where it is null. */
  | { readonly kind: 'throwIfNull'; readonly use: Place; readonly exception: string; readonly message: string }
  /** What the call gives, of a type, is undone by a member of it at the end of the block, whichever way that is left. */
  | { readonly kind: 'undoAtEnd'; readonly call: Place; readonly type: string; readonly undo: string }
  /** What is put between quotes into the text of a command becomes a parameter of it. */
  | { readonly kind: 'parameterise'; readonly command: Place }
  /** At the end of a handler that does nothing. */
  | { readonly kind: 'rethrow'; readonly handler: Place }
  /** Behind those that a call has. `since`: the first version of the framework with such an overload. */
  | {
      readonly kind: 'addArguments';
      readonly call: Place;
      readonly values: readonly WrittenValue[];
      readonly since: string;
    }
  /** Of what a call is given, or a property: the text `from`, where it is written there. */
  | {
      readonly kind: 'replaceText';
      readonly call: Place;
      readonly argument: number;
      readonly from: string;
      readonly to: string;
    }
  /** Of the members of an enumeration that are written there those that are `weak`, by another. */
  | {
      readonly kind: 'replaceMembers';
      readonly call: Place;
      readonly argument: number;
      readonly type: string;
      readonly weak: ReadonlySet<string>;
      readonly by: string;
      readonly since: string;
    };

export type WrittenValue =
  | { readonly kind: 'constant'; readonly value: number | boolean }
  /** A static member: `DataAccessKind.Read`. */
  | { readonly kind: 'member'; readonly type: string; readonly name: string }
  | {
      readonly kind: 'call';
      readonly type: string;
      readonly name: string;
      readonly arguments: readonly WrittenValue[];
    };

export interface SourceEdit {
  readonly uri: string;
  readonly at: Span;
  readonly text: string;
}

/** As a report takes it: nothing for an image, and where it is not certain how the source has to be changed. */
export function fixesBy(
  code: AssemblyCode,
  remedy: Remedy,
): {
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly SourceEdit[];
    readonly needsReview?: boolean;
  }[];
} {
  const { title, changes, needsReview } = remedy;
  const edits = changes.length > 0 ? code.mend?.(changes) : undefined;
  return { fixes: edits ? [{ title, edits, ...(needsReview && { needsReview }) }] : [] };
}
