// What is kept of reading a text: the nodes, and what reading the next text takes.
import type { Span } from '../text/span.js';
import type { Edit } from './edit.js';
import type { CompilationUnit } from './nodes.js';
import type { Brace } from './preprocess.js';

/** A text as it was read. */
export interface Read {
  readonly text: string;
  /** What the grammar saw of it. */
  readonly source: string;
  readonly braces: readonly Brace[];
}

/** What a text says, for whoever reads what becomes of it. */
export interface Reading extends Read {
  readonly unit: CompilationUnit;
  /** Whether it was C# at least once since: before that there is nothing to go by. */
  readonly canGoOn: boolean;
  /** Members that are no C# for themselves, but close what they open; undefined where that is not all that is wrong. */
  readonly faults?: readonly Span[];
  /** Where the nodes are those that there were before, but for where they stand: the edit that has moved them. */
  readonly move?: Edit;
}
