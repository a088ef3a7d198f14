// What the core needs of the machine, from Node: for the command line and tests, which have everything in one bundle.
import * as flow from './flow.js';
import { nodeHashes } from './hashes-node.js';
import type { Platform } from './analysis/platform.js';

export const nodePlatform: Platform = { ...nodeHashes, flow: () => flow };
