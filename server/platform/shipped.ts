// What the core needs of the machine, for the command line as it ships: what is loaded on demand lies beside it, in a bundle of its own.
import { diskPlatform } from './disk.js';
import type { Platform } from '../analysis/platform.js';

export const nodePlatform: Platform = diskPlatform(__dirname);
