// Files the command line writes; one that cannot be written is told in words.
import { writeFileSync } from 'node:fs';
import { UsageError } from './arguments.js';
import { reasonOf } from './read.js';

export function writeOutput(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${reasonOf(error)}`);
  }
}
