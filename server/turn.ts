// Lets what else is waiting, a keystroke say, go first.
import { RAL } from 'vscode-languageserver';

export function turn(): Promise<void> {
  return new Promise((resolve) => {
    RAL().timer.setImmediate(resolve);
  });
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    RAL().timer.setTimeout(resolve, milliseconds);
  });
}

/** Takes a turn whenever so much time went by since the last one. */
export function turnsEvery(milliseconds: number): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < milliseconds) return undefined;
    return turn().then(() => {
      last = performance.now();
    });
  };
}
