// A stretch of text. What is read from bytes has a place of its own (`code/model.ts`).

/** Half-open, in UTF-16 code units from the start of the file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function isInside(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Whether a span lies in another. */
export function isWithin({ start, end }: Span, { start: from, end: to }: Span): boolean {
  return start >= from && end <= to;
}

/** Of what stands in the order of the text, that which begins inside of a span. */
export function itemsWithin<T>(items: readonly T[], spanOf: (item: T) => Span, { start, end }: Span): readonly T[] {
  const startOf = (at: number): number => {
    const item = items[at];
    return item ? spanOf(item).start : Infinity;
  };
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(middle) < start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (startOf(last) < end) last++;
  return items.slice(low, last);
}
