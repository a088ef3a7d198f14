// How an offset in IL is written. By itself: who writes documents needs no table of opcodes.

/** `IL_0010`; a branch may lead before the method. */
export function labelText(offset: number): string {
  return offset < 0 ? `IL_-${(-offset).toString(16)}` : `IL_${offset.toString(16).padStart(4, '0')}`;
}
