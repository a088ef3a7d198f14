// Where our own mistakes are caught: a request that fails is logged with its stack and answered with nothing.
import type { CancellationToken, Connection } from 'vscode-languageserver';

/** The protocol knows "nothing" as null. */
export function answering<P, R>(
  connection: Connection,
  answer: (params: P) => R | undefined,
): (params: P, token: CancellationToken) => R | null {
  return (params, token) => {
    if (token.isCancellationRequested) return null;
    try {
      return answer(params) ?? null;
    } catch (error) {
      connection.console.error(`A request failed. ${describe(error)}`);
      return null;
    }
  };
}

export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
