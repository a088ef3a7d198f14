// C# on the command line: what reading it takes lies beside the program, and is loaded where there is any for SQL Server.
import type { CSharpFrontEnd, Workspace } from '../analysis/workspace.js';
import { diskGrammar } from '../platform/grammar-node.js';

/** Nobody waits for one file; what takes longer is told as unread. */
const patience = 20_000;

/** Without it, sources go unread, which is said. */
export async function readCSharp(workspace: Workspace): Promise<void> {
  if (!workspace.speaksCSharp()) return;
  try {
    workspace.useCSharp(await grammar());
  } catch (error) {
    process.stderr.write(`sqlclr-lint: C# is not read: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** Throws where what lies beside the program cannot be loaded. */
export async function readAllCSharp(workspace: Workspace): Promise<void> {
  if (workspace.speaksCSharp()) workspace.useCSharp(await grammar());
}

function grammar(): Promise<CSharpFrontEnd> {
  return diskGrammar(__dirname, patience);
}
