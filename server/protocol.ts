// Names and shapes of our own requests: the one file client and server share.

/** What a client says of itself at the start. */
export interface InitializationOptions {
  /** Takes `statusNotification`. */
  readonly showsStatus?: boolean;
  /** Those under `sqlclr`, from a client that cannot be asked for them. */
  readonly settings?: unknown;
}

/** What the server knows, for the language status item. Server to client. */
export const statusNotification = 'sqlclr/status';

export interface Status {
  /** As a person calls it: SQL Server 2022. */
  readonly target: string;
  /** Whether `clr strict security` holds; undefined where the target has no such option. */
  readonly strictSecurity?: boolean;
  /** How many of the workspace are analysed. */
  readonly scripts: number;
  readonly assemblies: number;
}

/** The files of the workspace, for a server that has no disk. Server to client; answers URIs. */
export const listFilesRequest = 'sqlclr/listFiles';

export interface ListFilesParams {
  /** Without a dot: `sql`, `dll`. */
  readonly extensions: readonly string[];
  readonly limit: number;
}

/** One file of the workspace. Server to client; answers its bytes in base 64, or undefined where it cannot be read. */
export const readFileRequest = 'sqlclr/readFile';

export interface ReadFileParams {
  readonly uri: string;
  /** In bytes; a larger file is not read. */
  readonly limit: number;
}
