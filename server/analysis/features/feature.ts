// What features answer, in spans and offsets. Each feature is a file beside this one with a function over the project.
import type { Span } from '../text/span.js';

export interface Hover {
  readonly span: Span;
  /** Text of the workspace in it is escaped. */
  readonly markdown: string;
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
    | 'database';
  readonly span: Span;
  readonly nameSpan: Span;
}

export interface Folding {
  readonly span: Span;
  readonly kind: 'literal' | 'comment' | 'statement';
}
