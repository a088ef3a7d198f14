import type { Span } from '../text/span.js';

/** A place that an answer rests on. */
export interface Evidence {
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
}
