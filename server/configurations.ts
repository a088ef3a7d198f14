// Entry of what reads and writes sqlclr-lint.json, which the servers load when a workspace has one.
export { WorkspaceConfiguration } from './workspace-configuration.js';
