// Entry of what reads and writes sqlclr-lint.json, which the servers load when a workspace has one.
export { levelEdits } from '../configuration/configuration-edits.js';
export { WorkspaceConfiguration } from '../configuration/workspace-configuration.js';
