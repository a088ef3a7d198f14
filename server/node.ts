// Entry on the desktop and in a remote: a process that speaks over its parent's channel, a pipe or standard streams.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { FlowAnalysis } from './analysis/project/flow-analysis.js';
import { failureText, Workspace } from './analysis/workspace.js';
import { clientFiles } from './files.js';
import { diskFiles } from './files-node.js';
import { diskGrammar } from './grammar-node.js';
import { nodeHashes } from './hashes-node.js';
import { startServer } from './server.js';

const build = join(__dirname, '..');
const load = createRequire(__filename);
const connection = createConnection(ProposedFeatures.all);
startServer(connection, {
  workspace: new Workspace(
    { ...nodeHashes, flow: () => load(join(build, 'flow.js')) as FlowAnalysis },
    undefined,
    (failure) => connection.console.error(failureText(failure)),
  ),
  files: diskFiles(clientFiles(connection)),
  language: () => diskGrammar(build),
});
