// What features answer, in spans and offsets. Each feature is a file beside this one with a function over the project.
import type { ImageIssue, AssemblyImage } from '../metadata/assembly.js';
import type { SyntaxIssue, PermissionSetName } from '../tsql/nodes.js';
import type { Span } from '../text/span.js';

export interface Hover {
  readonly span: Span;
  /** Text of the workspace in it is escaped. */
  readonly markdown: string;
}

export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'assembly' | 'procedure' | 'function' | 'trigger' | 'aggregate' | 'type' | 'key' | 'certificate' | 'principal' | 'database' | 'batch';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly DocumentSymbol[];
}

export interface Folding {
  readonly span: Span;
  readonly kind: 'literal' | 'comment' | 'batch' | 'statement';
}

/** An assembly found in a script or an image file. */
export interface InspectedAssembly {
  /** The statement in the script; undefined for an image file. */
  readonly statement?: { readonly kind: 'CreateAssemblyStatement' | 'AlterAssemblyStatement'; readonly span: Span };
  /** The bytes in the script. */
  readonly span?: Span;
  readonly sqlName?: string;
  readonly permissionSet?: PermissionSetName;
  readonly byteLength: number;
  readonly sha512: string;
  readonly image?: AssemblyImage;
  readonly errors: readonly ImageIssue[];
}

/** The statements of a script under their ScriptDom names. */
export interface SyntaxOutline {
  readonly batches: readonly { readonly statements: readonly { readonly kind: string; readonly span: Span }[] }[];
  readonly errors: readonly SyntaxIssue[];
}
