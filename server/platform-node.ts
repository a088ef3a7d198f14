// What the core needs of the machine, from Node, with everything in one bundle: for tests. The command line as it ships has
// platform-disk.ts in its place.
import * as flow from './flow.js';
import { nodeHashes } from './hashes-node.js';
import type { Platform } from './analysis/platform.js';

export const nodePlatform: Platform = { ...nodeHashes, flow: () => flow };
