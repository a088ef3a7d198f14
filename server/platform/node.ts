// What the core needs of the machine, from Node, with everything in one bundle: for tests. The command line as it ships has
// shipped.ts in its place.
import * as code from '../bundles/code.js';
import { nodeHashes } from './hashes-node.js';
import type { Platform } from '../analysis/platform.js';
import * as packages from '../bundles/packages.js';

export const nodePlatform: Platform = { ...nodeHashes, code: () => code, packages: () => packages };
