// Entry on the desktop and in a remote: a process that speaks over its parent's channel, a pipe or standard streams.
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { failureText, Workspace } from './analysis/workspace.js';
import { clientFiles } from './files/client.js';
import { diskFiles } from './files/node.js';
import { diskGrammar } from './platform/grammar-node.js';
import {
  diskAdvice,
  diskConfigurations,
  diskDacpacs,
  diskLinks,
  diskPlatform,
  diskRulePages,
} from './platform/disk.js';
import { startServer, type Host } from './server.js';

const build = join(__dirname, '..');
const connection = createConnection(ProposedFeatures.all);
const host = {
  workspace: new Workspace(diskPlatform(build), undefined, (failure) => connection.console.error(failureText(failure))),
  files: diskFiles(clientFiles(connection)),
  language: () => diskGrammar(build),
  links: () => diskLinks(build),
  advice: () => diskAdvice(build),
  rulePages: () => diskRulePages(build),
  dacpacs: () => diskDacpacs(build),
  configurations: () => diskConfigurations(build),
} satisfies Required<Host>;
startServer(connection, host);
