// Findings as SARIF 2.1.0 (OASIS), as code scanning services read it.
import { allRules, positionOf, rulePage, type Workspace } from '../analysis/workspace.js';
import type { Finding, Severity } from '../analysis/rules/rule.js';
import { nodePlatform } from '../platform/node.js';
import { pageIn, type RulePages } from '../bundles/rule-pages.js';
import { fingerprintsOf } from './fingerprints.js';
import { fileOf, type Located, type Reported, type ReportedRelated } from './report.js';

const sarifLevels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** In UTF-16 units. */
const longestSnippet = 400;

export function formatSarif(
  workspace: Workspace,
  located: readonly Located[],
  version: string,
  pages: RulePages,
): string {
  const rules = allRules(nodePlatform);
  const weaknesses = [...new Set(rules.flatMap(({ cwe = [] }) => cwe))].sort((a, b) => a - b);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sqlclr-lint',
            version,
            semanticVersion: version,
            informationUri: 'https://github.com/sqlclr-lint/sqlclr-lint',
            rules: rules.map((rule) => ({
              id: rule.name,
              // A name of one word would be the id once more, which SARIF1001 of Microsoft's validator refuses.
              ...(rule.name.includes('-') && {
                name: rule.name.replace(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase()),
              }),
              shortDescription: { text: rule.summary },
              fullDescription: { text: rule.summary },
              helpUri: rulePage(rule.name),
              help: { text: rule.summary, markdown: pageIn(pages, rule.name) ?? rule.summary },
              defaultConfiguration: { level: sarifLevels[rule.severity] },
              properties: {
                tags: ['security', rule.topic],
                precision: 'high',
                'problem.severity':
                  rule.severity === 'error' ? 'error' : rule.severity === 'warning' ? 'warning' : 'recommendation',
              },
              ...(rule.cwe && {
                relationships: rule.cwe.map((id) => ({
                  target: { id: `CWE-${id}`, index: weaknesses.indexOf(id), toolComponent: { name: 'CWE', index: 0 } },
                  kinds: ['superset'],
                })),
              }),
            })),
            supportedTaxonomies: [{ name: 'CWE', index: 0 }],
          },
        },
        taxonomies: [
          {
            name: 'CWE',
            organization: 'MITRE',
            shortDescription: { text: 'Common Weakness Enumeration' },
            informationUri: 'https://cwe.mitre.org/',
            taxa: weaknesses.map((id) => ({
              id: `CWE-${id}`,
              helpUri: `https://cwe.mitre.org/data/definitions/${id}.html`,
              shortDescription: { text: `CWE-${id}` },
            })),
          },
        ],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { description: { text: 'Where the command ran.' } } },
        results: results(workspace, located),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function results(workspace: Workspace, located: readonly Located[]): readonly object[] {
  const fingerprints = fingerprintsOf(located);
  const rules = allRules(nodePlatform).map(({ name }) => name);
  return located.map(({ finding, reported }, index) => {
    return {
      ruleId: finding.rule,
      ruleIndex: rules.indexOf(finding.rule),
      level: sarifLevels[finding.severity],
      message: { text: finding.message },
      locations: [location(reported, snippetOf(workspace, finding))],
      ...(reported.related.length > 0 && {
        relatedLocations: reported.related.map((one, id) => ({ id, ...location(one), message: { text: one.message } })),
      }),
      ...(finding.proof && { codeFlows: [codeFlow(reported, reported.related.slice(-finding.proof.length))] }),
      partialFingerprints: { 'sqlclrLint/v1': fingerprints[index] },
      ...(finding.fixes.length > 0 && {
        fixes: finding.fixes.map((fix) => ({
          description: { text: fix.title },
          artifactChanges: fix.edits.map((edit) => ({
            artifactLocation: artifact(fileOf(edit.uri ?? finding.uri)),
            replacements: [
              {
                deletedRegion: regionOf(workspace, edit.uri ?? finding.uri, edit.at.start, edit.at.end),
                insertedContent: { text: edit.text },
              },
            ],
          })),
        })),
      }),
      properties: { phase: finding.phase, ...(finding.sqlErrors.length > 0 && { sqlErrors: finding.sqlErrors }) },
    };
  });
}

/** Step by step, to what is found. */
function codeFlow(found: Reported, steps: readonly ReportedRelated[]): object {
  const locations = [...steps, found].map((step) => ({
    location: { ...location(step), message: { text: step.message } },
  }));
  return { threadFlows: [{ locations }] };
}

interface At {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

function location({ file, line, column, endLine, endColumn }: At, snippet?: object): object {
  return {
    physicalLocation: {
      artifactLocation: artifact(file),
      region: { startLine: line, startColumn: column, endLine, endColumn, ...snippet },
    },
  };
}

/** Not of an assembly literal: it is the whole region or nothing. */
function snippetOf(workspace: Workspace, { uri, span }: Finding): { readonly snippet: object } | undefined {
  const length = span.end - span.start;
  if (length === 0 || length > longestSnippet) return undefined;
  const text = workspace.textOf(uri).slice(span.start, span.end);
  return text === '' ? undefined : { snippet: { text } };
}

function artifact(file: string): object {
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' };
}

function regionOf(workspace: Workspace, uri: string, from: number, to: number): object {
  const starts = workspace.lineStarts(uri);
  const start = positionOf(starts, from);
  const end = positionOf(starts, to);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
