// Writes what comes from the list of rules and targets: `sqlclr.rules` in package.json, the tables in README.md and docs/rules/README.md, and the
// schema of sqlclr-lint.json; the texts of the client that can be translated; and the packed tables of .ci/knowledge.
//   node .ci/generate.mjs          writes
//   node .ci/generate.mjs --check  fails where something is not as it would be written
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { knowledgeModules } from './knowledge.mjs';
import { importSource } from './sources.mjs';
import { topics } from './topics.mjs';

const { allRules, allTargets, baselines, levels, nodePlatform, presets, rulesAgainst, titleOf } = await importSource(
  "export { allRules, allTargets, levels } from './server/analysis/workspace.js'; export { presets } from './server/configuration/presets.js'; export { nodePlatform } from './server/platform/node.js'; export { baselines, rulesAgainst, titleOf } from './server/analysis/knowledge/baselines.js';",
);
const rules = allRules(nodePlatform);

const severities = Object.fromEntries(
  rules.map(({ name, summary, severity }) => [
    name,
    { type: 'string', enum: levels, default: severity, description: summary },
  ]),
);

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const setting = manifest.contributes.configuration.properties['sqlclr.rules'];
const bySeverity = {
  type: 'object',
  additionalProperties: false,
  properties: severities,
  patternProperties: {
    '\\*': { enum: levels, description: 'Of every rule whose name fits; * stands for any characters.' },
  },
};
Object.assign(setting, bySeverity);
const byReference = { $ref: '#/definitions/rules' };
const names = { type: 'array', items: { type: 'string' } };
const patterns = { ...names, description: 'As in .gitignore, from the folder of this file.' };
const extended = {
  anyOf: [
    ...Object.entries(presets).map(([name, { summary }]) => ({ const: name, description: summary })),
    { type: 'string', pattern: '^\\.{1,2}/', description: 'Another file, from the folder of this one.' },
  ],
};

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Configuration of sqlclr-lint',
  type: 'object',
  additionalProperties: false,
  definitions: { rules: bySeverity },
  properties: {
    $schema: { type: 'string' },
    extends: {
      description: 'What holds unless this file says otherwise.',
      anyOf: [extended, { type: 'array', items: extended }],
    },
    target: {
      description: 'The server that scripts are checked for.',
      enum: allTargets().map(({ name }) => name),
      default: 'sql-server-2022',
    },
    clrStrictSecurity: {
      description: "The server option 'clr strict security'; as the target has it where left out.",
      type: 'boolean',
    },
    codePage: { description: 'Of files that are neither marked nor UTF-8.', type: 'string', default: 'windows-1252' },
    suppressions: { description: 'Whether comments may silence findings.', type: 'boolean', default: true },
    known: {
      description: 'What the server has before the scripts run.',
      type: 'object',
      additionalProperties: false,
      properties: {
        assemblies: { ...names, description: 'Assemblies of the database that no script creates.' },
        sysadmins: { ...names, description: 'Logins that may do everything, besides sa.' },
      },
    },
    ignore: { ...patterns, description: `Files that are not read. ${patterns.description}` },
    rules: { description: 'A severity for each rule, or with * for many; the last that fits holds.', ...byReference },
    overrides: {
      description: 'What holds for some files only, in this order.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['files'],
        properties: { files: patterns, rules: byReference },
      },
    },
  },
};

for (const { name, topic } of rules) if (!topics[topic]) throw new Error(`The topic of ${name} has no title: ${topic}`);
const told = Object.entries(topics).filter(([topic]) => rules.some((rule) => rule.topic === topic));
const rulesOf = (topic) => rules.filter((rule) => rule.topic === topic);
const table = told.flatMap(([topic, title]) => [
  `| **${title}** | | |`,
  ...rulesOf(topic).map(
    ({ name, summary, severity, sqlErrors = [] }) =>
      `| [\`${name}\`](${name}.md) | ${summary} | ${severity}${sqlErrors.length > 0 ? `, Msg ${sqlErrors.join(', ')}` : ''} |`,
  ),
]);
const topicTable = told.map(
  ([topic, title]) =>
    `| ${title} | ${rulesOf(topic)
      .map(({ name }) => `[\`${name}\`](docs/rules/${name}.md)`)
      .join(' ')} |`,
);
const readme = readFileSync('README.md', 'utf8').replace(
  /<!-- rules:begin -->[^]*<!-- rules:end -->/,
  () => `<!-- rules:begin -->

${rules.length} rules, each with a [page](docs/rules/README.md): what is found and what is not, what SQL Server says, why it matters, how to fix it.

| topic | rules |
| --- | --- |
${topicTable.join('\n')}

<!-- rules:end -->`,
);

const index = `<!-- Written by .ci/generate.mjs. -->

# Rules

Each page says what is found and what is not, with samples that are the rule's tests; what SQL Server says; why it matters; how to fix it, from best to never; when to suppress it; what the rule does not see; and where to read on.

| rule | what it finds | level |
| --- | --- | --- |
${table.join('\n')}

## Published baselines

What benchmarks of SQL Server ask of CLR integration, by their own numbers; which findings are against which number is our judgement.

| baseline | asks | findings against it |
| --- | --- | --- |
${baselines
  .map((baseline) => {
    const against = rulesAgainst(baseline).map((rule) => `[\`${rule}\`](${rule}.md)`);
    return `| ${titleOf(baseline)} | ${baseline.asks} | ${against.join(', ')} |`;
  })
  .join('\n')}
`;

const texts = readdirSync('client')
  .flatMap((file) => [...readFileSync(`client/${file}`, 'utf8').matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)])
  .map(([, text]) => text.replace(/\\(.)/g, '$1'));
const translatable = Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text]));

const files = {
  'l10n/bundle.l10n.json': `${JSON.stringify(translatable, undefined, 2)}\n`,
  'docs/rules/README.md': index,
  'package.json': `${JSON.stringify(manifest, undefined, 2)}\n`,
  'README.md': readme,
  'docs/sqlclr-lint.schema.json': `${JSON.stringify(schema, undefined, 2)}\n`,
  ...knowledgeModules(),
};
const isSame = (path, text) => {
  try {
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
};
const stale = Object.entries(files).filter(([path, text]) => !isSame(path, text));
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is not what node .ci/generate.mjs writes`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else for (const [path, text] of stale) writeFileSync(path, text);
