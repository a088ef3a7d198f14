// What features answer, in spans and offsets. Each feature is a file beside this one with a function over the project.
import type { MethodDef, TypeDef } from '../code/model.js';
import type { Span } from '../text/span.js';

export interface Hover {
  readonly span: Span;
  /** Text of the workspace in it is escaped. */
  readonly markdown: string;
  /** On the bytes of an assembly: which of the file's, counted as `EmbeddedImage`s are. */
  readonly assembly?: number;
}

/** Above a line: what is so, and where. */
export interface Lens {
  readonly span: Span;
  /** Fit to be shown: of one line, escaped. */
  readonly title: string;
  /** What a click leads to; none where there is nothing to show. */
  readonly places: readonly { readonly uri: string; readonly span: Span }[];
  /** The assembly whose document says more: which of the file's. */
  readonly assembly?: number;
}

export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind:
    | 'assembly'
    | 'procedure'
    | 'function'
    | 'trigger'
    | 'aggregate'
    | 'type'
    | 'key'
    | 'certificate'
    | 'principal'
    | 'database'
    | 'section'
    | 'class'
    | 'struct'
    | 'interface'
    | 'enum'
    | 'delegate'
    | 'field'
    | 'property'
    | 'method';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children?: readonly DocumentSymbol[];
}

export interface Folding {
  readonly span: Span;
  readonly kind: 'literal' | 'comment' | 'statement';
}

/** Where something is. */
export interface PlaceInText {
  readonly uri: string;
  readonly span: Span;
}

/** A class or method that is known from bytes: the document that shows them has its place. */
export interface PlaceInBytes {
  /** The file that holds the bytes. */
  readonly uri: string;
  /** Which of the file's assemblies. */
  readonly assembly: number;
  readonly member: TypeDef | MethodDef;
}

export type Destination = PlaceInText | PlaceInBytes;

/** What a place leads to. */
export interface Leading {
  /** What of the text at the place leads there. */
  readonly span: Span;
  readonly to: readonly Destination[];
}
