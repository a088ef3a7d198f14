// What the core needs of the machine, where the rest of the build lies on a disk.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CodeTools, PackageTools, Platform } from '../analysis/platform.js';
import { nodeHashes } from './hashes-node.js';
import type { Advice } from '../bundles/advice.js';
import type * as Configurations from '../bundles/configurations.js';
import type * as Dacpacs from '../bundles/dacpac.js';
import type * as LinkFeatures from '../bundles/links.js';
import type { RulePages } from '../bundles/rule-pages.js';

/** `build` is the folder of the build. */
export function diskPlatform(build: string): Platform {
  const load = createRequire(__filename);
  return {
    ...nodeHashes,
    code: () => load(join(build, 'code.js')) as CodeTools,
    packages: () => load(join(build, 'packages.js')) as PackageTools,
  };
}

/** The link graph and its pictures. */
export function diskLinks(build: string): typeof LinkFeatures {
  return createRequire(__filename)(join(build, 'links.js')) as typeof LinkFeatures;
}

/** What is said and done about findings when somebody asks. */
export function diskAdvice(build: string): Advice {
  return createRequire(__filename)(join(build, 'advice.js')) as Advice;
}

/** The rules' pages. */
export function diskRulePages(build: string): RulePages {
  return createRequire(__filename)(join(build, 'rule-pages.js')) as RulePages;
}

/** What reads packages. */
export function diskDacpacs(build: string): typeof Dacpacs {
  return createRequire(__filename)(join(build, 'dacpac.js')) as typeof Dacpacs;
}

/** What reads and writes sqlclr-lint.json. */
export function diskConfigurations(build: string): typeof Configurations {
  return createRequire(__filename)(join(build, 'configurations.js')) as typeof Configurations;
}
