// The Language Server Protocol in and out, over one workspace. What it runs on is the host's.
import {
  TextDocuments,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CSharpFrontEnd, Workspace } from './analysis/workspace.js';
import type { Advice } from './bundles/advice.js';
import type * as Dacpacs from './bundles/dacpac.js';
import { answerAdvice } from './requests/advice-requests.js';
import { CodeActions, codeActionKinds } from './requests/actions.js';
import { Assemblies, isAssemblyUri } from './requests/assemblies.js';
import { answerAssemblies, registerAssemblies } from './requests/assembly-requests.js';
import { hoverAt } from './requests/features.js';
import { documentTexts } from './files/documents.js';
import { FolderConfigurations, type LoadConfigurations } from './configuration/folder-configurations.js';
import { canonicalUri, extensionOf, isInFolders, textExtensions, type Files } from './files.js';
import { clientFiles } from './files/client.js';
import { completionsAt, completionTriggers } from './requests/completion.js';
import { answering, describe } from './guard.js';
import { InlayHints } from './requests/inlay-hints.js';
import { Lenses } from './requests/lenses.js';
import { answerPages, type LoadLinks } from './requests/link-requests.js';
import { answerNavigation } from './requests/navigation.js';
import { assemblyScheme, packageScheme, silenceRuleCommand, type InitializationOptions } from './protocol.js';
import { PackageDocuments } from './files/package-documents.js';
import { answerPulls } from './diagnostics/pull.js';
import { Publisher } from './diagnostics/push.js';
import { answerRenames } from './requests/rename.js';
import { Reports } from './diagnostics/reports.js';
import { answerRuleTimes } from './diagnostics/rule-times.js';
import { Sources } from './sources.js';
import { optionsOf } from './options.js';
import type { RulePages } from './bundles/rule-pages.js';
import { signatureHelpAt, signatureTriggers } from './requests/signature-help.js';
import { Surroundings } from './surroundings.js';
import { Unsaved } from './files/unsaved.js';

export interface Host {
  readonly workspace: Workspace;
  readonly files: Files;
  /** Loads what reading C# takes; asked for once, when there is C# that has to do with SQL Server. */
  readonly language?: () => Promise<CSharpFrontEnd>;
  /** Loads what makes the link graph; asked when a client wants it. */
  readonly links?: LoadLinks;
  /** Loads what is said and done about findings when somebody asks. */
  readonly advice: () => Advice;
  /** Loads the rules' pages; asked when somebody wants to know what a rule is about. */
  readonly rulePages: () => RulePages;
  /** Loads what reads packages; asked when there is one. */
  readonly dacpacs?: () => typeof Dacpacs | undefined;
  /** Loads what reads sqlclr-lint.json; asked when a folder has one. */
  readonly configurations?: LoadConfigurations;
}

export function startServer(connection: Connection, host: Host): void {
  connection.onInitialize((params) => initialize(connection, host, params));
  connection.listen();
}

export function initialize(
  connection: Connection,
  {
    workspace,
    files,
    language,
    links = () => undefined,
    configurations = () => undefined,
    dacpacs,
    advice,
    rulePages,
  }: Host,
  params: InitializeParams,
): InitializeResult {
  const options = optionsOf(params.initializationOptions);
  const { showsAssemblies = false } = options;
  const sources = new Sources(workspace, files, (message) => connection.console.warn(message), language, dacpacs);
  const folderConfigurations = new FolderConfigurations(connection, files, configurations, params.capabilities);
  const surroundings = new Surroundings(connection, sources, params, folderConfigurations);
  const shows = (uri: string): boolean => {
    const { diagnosticMode } = surroundings.editor;
    return diagnosticMode === 'workspace' || (diagnosticMode === 'openFiles' && sources.isOpen(canonicalUri(uri)));
  };
  const unsaved = new Unsaved();
  sources.textRead = (uri, text) => unsaved.read(uri, text);
  const reports = new Reports(
    sources,
    shows,
    () => surroundings.editor.run === 'onSave' && unsaved.some,
    (error, uri) => connection.console.error(`${uri} failed. ${describe(error)}`),
  );
  const pulls = params.capabilities.textDocument?.diagnostic !== undefined;
  const diagnostics = pulls
    ? pulled(connection, sources, reports, surroundings, params.capabilities)
    : pushed(connection, sources, reports, surroundings);
  const assemblies = new Assemblies(connection, sources, clientFiles(connection));
  const packages = new PackageDocuments(connection, sources);
  const lenses = new Lenses(connection, sources, assemblies, surroundings, options, params.capabilities);
  const hints = new InlayHints(connection, sources, surroundings, params.capabilities);
  const pages = answerPages(connection, sources, surroundings, links);
  sources.csharpRead = () => {
    diagnostics.everythingChanged();
    lenses.changed();
    hints.changed();
    pages.changed();
  };
  followDocuments(connection, sources, folderConfigurations, unsaved, (uri) => {
    surroundings.keepDate();
    diagnostics.documentChanged(uri);
    assemblies.changed();
    lenses.changed();
    hints.changed();
    pages.changed();
  });
  answerFeatures(connection, sources, (uri, index) => (showsAssemblies ? assemblies.commandLink(uri, index) : ''));
  answerAdvice(connection, sources, surroundings, advice, rulePages);
  answerCodeActions(connection, sources, advice, options, params.capabilities, {
    isSilencing: () => surroundings.editor.suppressActions,
    editFor: (rule, uri, isVersioned) => folderConfigurations.silencing(rule, uri, isVersioned),
  });
  connection.languages.inlayHint.on(answering(connection, ({ textDocument: { uri }, range }) => hints.of(uri, range)));
  connection.onCodeLens(answering(connection, ({ textDocument: { uri } }) => lenses.of(uri)));
  answerAssemblies(connection, assemblies, packages, sources, surroundings);
  answerRuleTimes(connection, sources);
  answerRenames(connection, sources, params.capabilities);
  answerNavigation(connection, sources, assemblies, params.capabilities);
  connection.onInitialized(() => {
    surroundings.follow(() => {
      diagnostics.everythingChanged();
      assemblies.changed();
      packages.changed();
      lenses.changed();
      hints.changed();
      pages.changed();
    });
    registerAssemblies(connection, params.capabilities);
  });
  return {
    serverInfo: { name: 'sqlclr-lint' },
    capabilities: {
      ...capabilitiesOf(pulls, params.capabilities),
      ...(lenses.isProvided && { codeLensProvider: {} }),
    },
  };
}

/** Who is told that there may be other diagnostics. */
interface Diagnostics {
  documentChanged(uri: string): void;
  everythingChanged(): void;
}

/** The client asks after each change of a document itself. */
function pulled(
  connection: Connection,
  sources: Sources,
  reports: Reports,
  surroundings: Surroundings,
  client: ClientCapabilities,
): Diagnostics {
  const refreshes = client.workspace?.diagnostics?.refreshSupport === true;
  answerPulls(connection, sources, reports, {
    relatedDocuments: client.textDocument?.diagnostic?.relatedDocumentSupport === true,
    progress: client.window?.workDoneProgress === true,
    ready: () => surroundings.ready(),
    stopped: (isStopped) => surroundings.stopped(isStopped),
  });
  return {
    documentChanged: () => {},
    everythingChanged: () => {
      if (refreshes) void connection.languages.diagnostics.refresh();
    },
  };
}

function pushed(connection: Connection, sources: Sources, reports: Reports, surroundings: Surroundings): Diagnostics {
  const publisher = new Publisher(connection, sources, reports, () => surroundings.ready());
  const publish = (uri?: string): void => {
    publisher.publish(uri).catch((error: unknown) => connection.console.error(`Publishing failed. ${describe(error)}`));
  };
  return { documentChanged: publish, everythingChanged: publish };
}

/** Each as it is typed, and what the disk has once it is closed. */
function followDocuments(
  connection: Connection,
  sources: Sources,
  configurations: FolderConfigurations,
  unsaved: Unsaved,
  changed: (uri: string) => void,
): void {
  const documents = new TextDocuments(documentTexts);
  documents.onDidOpen(({ document }) => unsaved.saved(document));
  documents.onDidChangeContent(({ document }) => {
    if (configurations.concerns(document.uri)) return configurations.opened(document);
    if (!isRead(document)) return;
    unsaved.changed(document);
    sources.change(document);
    changed(canonicalUri(document.uri));
  });
  documents.onDidSave(({ document }) => {
    if (configurations.concerns(document.uri)) return configurations.saved();
    unsaved.saved(document);
    sources.touch();
    changed(canonicalUri(document.uri));
  });
  documents.onDidClose(async ({ document }) => {
    if (configurations.concerns(document.uri)) return configurations.closed(document);
    unsaved.closed(document);
    if (!isRead(document)) return;
    await sources.close(document);
    changed(canonicalUri(document.uri));
  });
  documents.listen(connection);
}

/** SQL by its language, whatever it is called; project files and C# by their names. */
function isRead({ languageId, uri }: TextDocument): boolean {
  if (isAssemblyUri(uri)) return false;
  return /sql/i.test(languageId) || textExtensions.includes(extensionOf(uri));
}

function answerFeatures(
  connection: Connection,
  sources: Sources,
  moreOn: (uri: string, assembly: number) => string,
): void {
  connection.onCompletion(answering(connection, (params) => completionsAt(params, sources)));
  connection.onSignatureHelp(answering(connection, (params) => signatureHelpAt(params, sources)));
  connection.onHover(answering(connection, (params) => hoverAt(params, sources, moreOn)));
}

/** How findings are silenced. */
interface Silencers {
  readonly isSilencing: () => boolean;
  readonly editFor: FolderConfigurations['silencing'];
}

function answerCodeActions(
  connection: Connection,
  sources: Sources,
  advice: () => Advice,
  { explains = false, silencesRules = false }: InitializationOptions,
  { workspace: { workspaceEdit } = {}, textDocument: { codeAction } = {} }: ClientCapabilities,
  { isSilencing, editFor }: Silencers,
): void {
  const versionedEdits = workspaceEdit?.documentChanges === true;
  const actions = new CodeActions(sources, advice, {
    versionedEdits,
    snippetEdits: versionedEdits && workspaceEdit?.snippetEditSupport === true,
    isSilencing,
    inWorkspace: (rule, uri) => {
      const edit = editFor(rule, uri, versionedEdits);
      if (edit) return { edit };
      if (!silencesRules || !isInFolders(uri, sources.folders)) return undefined;
      const title = `Allow ${rule} in this workspace`;
      return { command: { title, command: silenceRuleCommand, arguments: [rule, sources.linesOf(uri).uri] } };
    },
    confirmedEdits: workspaceEdit?.changeAnnotationSupport !== undefined,
    createsFiles:
      workspaceEdit?.documentChanges === true && (workspaceEdit.resourceOperations?.includes('create') ?? false),
    resolves: codeAction?.dataSupport === true && (codeAction.resolveSupport?.properties.includes('edit') ?? false),
    explains,
  });
  connection.onCodeAction(answering(connection, (params) => actions.of(params)));
  connection.onCodeActionResolve((action) => {
    const resolved = actions.resolve(action);
    if (resolved) return resolved;
    void connection.window.showInformationMessage(
      `SQLCLR: '${action.title}' is not applied: its finding would stay, or another come.`,
    );
    return action;
  });
}

function capabilitiesOf(pulls: boolean, client: ClientCapabilities): InitializeResult['capabilities'] {
  const folders = { filters: [{ pattern: { glob: '**', matches: 'folder' as const } }] };
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    hoverProvider: true,
    inlayHintProvider: true,
    signatureHelpProvider: { triggerCharacters: signatureTriggers },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    completionProvider: { triggerCharacters: completionTriggers },
    definitionProvider: true,
    callHierarchyProvider: true,
    renameProvider: { prepareProvider: true },
    implementationProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    workspaceSymbolProvider: true,
    codeActionProvider: { codeActionKinds, resolveProvider: true },
    ...(pulls && {
      diagnosticProvider: { identifier: 'sqlclr', interFileDependencies: true, workspaceDiagnostics: true },
    }),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didDelete: folders, didRename: folders },
      ...(client.workspace?.textDocumentContent && {
        textDocumentContent: { schemes: [assemblyScheme, packageScheme] },
      }),
    },
  };
}
