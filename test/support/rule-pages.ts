// The rules' pages as a build has them.
import { readdirSync, readFileSync } from 'node:fs';
import type { RulePages } from '../../server/bundles/rule-pages.js';

export const rulePages = (): RulePages =>
  Object.fromEntries(
    readdirSync('docs/rules')
      .filter((file) => /^[a-z-]+\.md$/.test(file))
      .map((file) => [file.slice(0, -'.md'.length), readFileSync(`docs/rules/${file}`, 'utf8')]),
  );
