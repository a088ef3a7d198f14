// The extension, shared by both entries: starts the server, answers it, and shows its commands and its status.
import { commands, Uri, workspace, type Disposable, type ExtensionContext } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions, Location, Position } from 'vscode-languageclient';
import {
  openDocumentCommand,
  packageScheme,
  showAssemblyCommand,
  showLocationsCommand,
  silenceRuleCommand,
  type InitializationOptions,
  type Status,
} from '../server/protocol.js';
import { AdviceView, openDocument } from './advice.js';
import { followAssemblies, saveAssembly, showAssembly } from './assemblies.js';
import { openConfiguration } from './configuration.js';
import { toggleFindings } from './findings.js';
import { answerFileRequests } from './files.js';
import { collectInformation } from './information.js';
import { showPackage } from './packages.js';
import { linksPage, PageView, reportPage } from './links.js';
import { showLocations } from './locations.js';
import { silenceRule } from './rules.js';
import { openSample } from './sample.js';
import { showStatus } from './status.js';
import { selectTarget } from './target.js';
import { offerTools } from './tools.js';
import { showRuleTimes, trace } from './trace.js';

/** What a host brings: its own kind of client over the options all share. */
export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

export async function start(context: ExtensionContext, createClient: CreateClient): Promise<BaseLanguageClient> {
  const client = createClient('sqlclr', 'SQLCLR', {
    documentSelector: schemes().flatMap((scheme) => [
      { language: 'sql', scheme },
      { language: 'csharp', scheme },
      { pattern: '**/*.{sqlproj,csproj,props,targets,projitems}', scheme },
      { pattern: '**/sqlclr-lint.json', scheme },
    ]),
    initializationOptions: {
      showsStatus: true,
      showsAssemblies: true,
      showsLocations: true,
      explains: true,
      silencesRules: true,
    } satisfies InitializationOptions,
    diagnosticPullOptions: { onChange: true, onSave: true },
    // Opens what the server shows anyway; any other command in a hover stays text.
    markdown: { isTrusted: { enabledCommands: [showAssemblyCommand] }, supportHtml: false },
  });
  let status: Status | undefined;
  context.subscriptions.push(
    client,
    ...answerFileRequests(client),
    ...showStatus(client, (sent) => (status = sent)),
    ...followAssemblies(client),
    ...registerCommands(context, client),
    ...offerTools(client),
    commands.registerCommand('sqlclr.collectInformation', () => collectInformation(context.extension, client, status)),
  );
  await client.start();
  return client;
}

/** Of documents that are files of their own: not the other side of a comparison, not a notebook's cell. */
function schemes(): readonly string[] {
  const folders = workspace.workspaceFolders ?? [];
  return [...new Set(['file', 'untitled', packageScheme, ...folders.map((folder) => folder.uri.scheme)])];
}

function registerCommands(context: ExtensionContext, client: BaseLanguageClient): readonly Disposable[] {
  const icon = Uri.joinPath(context.extensionUri, 'icon.png');
  const [links, report] = [new PageView(client, icon, linksPage), new PageView(client, icon, reportPage)];
  const advice = new AdviceView(client, context.extension);
  return [
    advice,
    links,
    report,
    commands.registerCommand('sqlclr.showReport', () => report.show()),
    commands.registerCommand('sqlclr.showLinks', () => links.show()),
    commands.registerCommand('sqlclr.restartServer', async () => {
      await client.stop();
      await client.start();
    }),
    commands.registerCommand('sqlclr.showOutput', () => client.outputChannel.show()),
    commands.registerCommand('sqlclr.showAssembly', (given: unknown) => showAssembly(client, given)),
    commands.registerCommand('sqlclr.saveAssembly', (given: unknown, to: unknown) => saveAssembly(client, given, to)),
    commands.registerCommand('sqlclr.showPackage', (given: unknown) => showPackage(client, given)),
    commands.registerCommand('sqlclr.openSample', () => openSample(context)),
    commands.registerCommand('sqlclr.openConfiguration', openConfiguration),
    commands.registerCommand('sqlclr.startTrace', () => trace(client, true)),
    commands.registerCommand('sqlclr.stopTrace', () => trace(client, false)),
    commands.registerCommand('sqlclr.showRuleTimes', () => showRuleTimes(client)),
    commands.registerCommand('sqlclr.toggleFindings', toggleFindings),
    commands.registerCommand('sqlclr.selectTarget', () => selectTarget(context.extension)),
    commands.registerCommand('sqlclr.compareTarget', () => advice.compareTarget()),
    commands.registerCommand('sqlclr.explain', (given: unknown) => advice.explain(given)),
    commands.registerCommand('sqlclr.explainRoutine', (uri: unknown, position: unknown) =>
      advice.explainRoutine(uri, position),
    ),
    // Of lenses and code actions alone: the manifest, and so the palette, has them not.
    commands.registerCommand(openDocumentCommand, openDocument),
    commands.registerCommand(silenceRuleCommand, silenceRule),
    commands.registerCommand(showLocationsCommand, (uri: string, position: Position, locations: Location[]) =>
      showLocations(client, uri, position, locations),
    ),
  ];
}
