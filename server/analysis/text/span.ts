// A stretch of text. What is read from bytes has a place of its own (`code/model.ts`).

/** Half-open, in UTF-16 code units from the start of the file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function isInside(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
