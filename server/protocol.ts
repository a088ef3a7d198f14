// Names and shapes of our own requests: the one file client and server share.

/** What a client says of itself at the start. */
export interface InitializationOptions {
  /** Takes `statusNotification`. */
  readonly showsStatus?: boolean;
  /** Has `showAssemblyCommand`: lenses and hovers lead to it. */
  readonly showsAssemblies?: boolean;
  /** Has `showLocationsCommand`: lenses lead to it. */
  readonly showsLocations?: boolean;
  /** Has `explainCommand` and `openDocumentCommand`: code actions lead to them. */
  readonly explains?: boolean;
  /** Has `silenceRuleCommand`. */
  readonly silencesRules?: boolean;
  /** The URL of the folder of the build, with a slash at its end: a worker's own address may be a blob's. */
  readonly buildFolder?: string;
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
  /** The sqlclr-lint.json that says the target. */
  readonly targetFrom?: string;
  /** What is off, the worst first. */
  readonly problems: readonly StatusProblem[];
}

export interface StatusProblem {
  readonly message: string;
  /** The file to mend. */
  readonly uri?: string;
  /** It is mended in the settings. */
  readonly inSettings?: boolean;
  /** A restart of the server mends it. */
  readonly restarts?: boolean;
}

/** The files of the workspace, for a server that has no disk. Server to client; answers URIs. */
export const listFilesRequest = 'sqlclr/listFiles';

export interface ListFilesParams {
  /** Without a dot: `sql`, `dll`. */
  readonly extensions: readonly string[];
  /** Names of folders that are not looked into. */
  readonly skipped: readonly string[];
  readonly limit: number;
}

/** One file of the workspace. Server to client; answers its bytes in base 64, or undefined where it cannot be read. */
export const readFileRequest = 'sqlclr/readFile';

export interface ReadFileParams {
  readonly uri: string;
  /** In bytes; a larger file is not read. */
  readonly limit: number;
}

/**
 * An assembly to read, as a document: `sqlclr-assembly:/Payroll.Calculation.il?…`, with an `AssemblyLocation` in JSON for a
 * query. Its text is `workspace/textDocumentContent`'s; outline, folding, links and definitions are asked for as anywhere.
 */
export const assemblyScheme = 'sqlclr-assembly';

export interface AssemblyLocation {
  /** The script that holds the bytes, or the assembly file. */
  readonly uri: string;
  /** Among the assemblies in the script. */
  readonly index: number;
  /** Of the assembly: it is found by it where another stands at the index now. */
  readonly name?: string;
}

/**
 * A script of a package, `.dacpac` or `.bacpac`, as a document that is only read: `sqlclr-package://file/db/Payroll.dacpac/model.sql`.
 * For an authority it has the scheme of the package's own URI, and its authority behind an `@` where there is one. Its text is
 * `workspace/textDocumentContent`'s; apart from that it is a document like those of files.
 */
export const packageScheme = 'sqlclr-package';

/** The scripts of one package or of all, to choose from. Client to server; answers `PackagePart`s. */
export const packagePartsRequest = 'sqlclr/packageParts';

export interface PackagePartsParams {
  readonly uri?: string;
}

export interface PackagePart {
  readonly title: string;
  readonly description: string;
  /** A URI of `packageScheme`. */
  readonly document: string;
}

/** A command of the client's: shows what SQL Server does with a routine. Given a URI and a position of the protocol. */
export const explainRoutineCommand = 'sqlclr.explainRoutine';

/** What can be explained, to choose from. Client to server; answers `Subject`s. */
export const subjectsRequest = 'sqlclr/subjects';

export interface Subject {
  /** `Msg 10343`, or the name of a rule. */
  readonly subject: string;
  readonly about: string;
}

/** An explanation as Markdown. Client to server; answers a string, or nothing where there is nothing to say. */
export const adviceRequest = 'sqlclr/advice';

export type AdviceParams =
  | { readonly kind: 'subject'; readonly subject: string }
  /** What SQL Server does with the routine that stands there. */
  | { readonly kind: 'routine'; readonly uri: string; readonly position: LinePosition }
  /** What comes and what goes on another server. */
  | { readonly kind: 'target'; readonly target: string };

/** A command of the client's: opens the document whose URI it is given. */
export const showAssemblyCommand = 'sqlclr.showAssembly';

/** A command of the client's: shows places that a lens is about. Given a URI, a position and locations of the protocol. */
export const showLocationsCommand = 'sqlclr.showLocations';

/** A command of the client's: explains what it is given, the name of a rule or a number of SQL Server's; asks where it is given nothing. */
export const explainCommand = 'sqlclr.explain';

/** A command of the client's: opens the document whose URI it is given. */
export const openDocumentCommand = 'sqlclr.openDocument';

/** A command of the client's: turns a rule off in the settings of the workspace. Given its name, and the URI of a file it is for. */
export const silenceRuleCommand = 'sqlclr.silenceRule';

/** The assemblies that a file holds, to choose from. Client to server; answers `AssemblyEntry`s. */
export const assembliesRequest = 'sqlclr/assemblies';

export interface AssembliesParams {
  readonly uri: string;
}

export interface AssemblyEntry {
  readonly title: string;
  readonly description: string;
  /** Of the statement and the bytes. */
  readonly range: { readonly start: LinePosition; readonly end: LinePosition };
  /** A URI of `assemblyScheme`. */
  readonly document: string;
}

/** The bytes of an assembly that a script holds. Client to server; answers base 64, or nothing where it is not there any more. */
export const assemblyBytesRequest = 'sqlclr/assemblyBytes';

export interface AssemblyBytesParams {
  /** A URI of `assemblyScheme`. */
  readonly document: string;
}

/** What each rule takes over the whole workspace. Client to server; answers `RuleTime`s, the longest first. */
export const ruleTimesRequest = 'sqlclr/ruleTimes';

export interface RuleTime {
  readonly rule: string;
  readonly milliseconds: number;
}

/** The page of the link graph. Client to server; answers a `LinksPage`, or nothing where it cannot be made. */
export const linksRequest = 'sqlclr/links';

export interface LinksParams {
  /** Hexadecimal digits, of 16 bytes at least: what the page's policy admits is marked with it. */
  readonly nonce: string;
}

export interface LinksPage {
  readonly html: string;
  /** By the numbers that the page tells its editor, as `{ open: number }`. */
  readonly places: readonly { readonly uri: string; readonly position: LinePosition }[];
}

/** The capability report as Markdown. Client to server; answers a string, or nothing where it cannot be made. */
export const reportTextRequest = 'sqlclr/reportText';

/** There is another page than the one that was answered last. Server to client, once for each answer. */
export const linksChangedNotification = 'sqlclr/linksChanged';

/** The page of the capability report, as that of the link graph is asked for, answered and changed. */
export const reportRequest = 'sqlclr/report';
export const reportChangedNotification = 'sqlclr/reportChanged';

interface LinePosition {
  readonly line: number;
  readonly character: number;
}
