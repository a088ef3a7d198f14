// The capability report in words, before it is Markdown or a page: headings, facts and tables.
import { weaknessName } from '../knowledge/weaknesses.js';
import type { PermissionWord } from '../project/bindings.js';
import type { Location } from '../project/build-project.js';
import { isStronger } from '../project/compare-sets.js';
import { abridged, checkedAtText } from '../project/proof.js';
import type { Finding } from '../rules/rule.js';
import { countText } from './link-words.js';
import type { CapabilityReport, Callers, ReportedAssembly, ReportedBaseline, ReportedRoutine } from './report.js';
import type { Touched } from './report-touches.js';

/** What our own words are is a string; the rest is of the workspace, and never markup. */
export type Inline =
  | string
  /** Of something: shown as code. */
  | { readonly name: string }
  /** A sentence with names in it. */
  | { readonly told: string }
  | { readonly place: Location; readonly shown?: string };
export type Words = readonly Inline[];

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly words: Words }
  | { readonly kind: 'paragraph'; readonly words: Words }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Words[])[];
    };

export interface Fact {
  readonly label: string;
  readonly items: readonly Words[];
}

/** Of a rule: numbers of the Common Weakness Enumeration. */
export type WeaknessesOf = (rule: string) => readonly number[];

export function documentOf(report: CapabilityReport, weaknessesOf: WeaknessesOf): readonly Block[] {
  const { assemblies, unbound, others, leftOut } = report;
  return [
    { kind: 'heading', level: 1, words: ['Capability report'] },
    { kind: 'paragraph', words: [summaryOf(report)] },
    {
      kind: 'paragraph',
      words: ['It says what the files of the project say; what a server already has is not known to it.'],
    },
    ...(leftOut > 0
      ? [{ kind: 'paragraph' as const, words: [`${leftOut} assemblies and routines are left out.`] }]
      : []),
    ...assemblies.flatMap((assembly) => blocksOfAssembly(assembly, report)),
    ...(unbound.length > 0 ? [heading(2, ['Routines of assemblies that nothing here makes'])] : []),
    ...unbound.flatMap((routine) => blocksOfRoutine(routine, report)),
    ...(others.length > 0
      ? [heading(2, ['Server, databases, keys and logins']), findingsTable('Findings on them', others)]
      : []),
    ...blocksOfBaselines(report.baselines),
    ...blocksOfWeaknesses(report, weaknessesOf),
  ];
}

function heading(level: 2 | 3, words: Words): Block {
  return { kind: 'heading', level, words };
}

function summaryOf({ target, clrStrictSecurity, assemblies, unbound }: CapabilityReport): string {
  const strict = clrStrictSecurity === undefined ? '' : `, clr strict security ${clrStrictSecurity ? 'on' : 'off'}`;
  const routines = assemblies.reduce((sum, one) => sum + one.routines.length, unbound.length);
  const of = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
  return `For ${target}${strict}: ${of(assemblies.length, 'assembly', 'assemblies')}, ${of(routines, 'routine', 'routines')} and types.`;
}

function blocksOfAssembly(assembly: ReportedAssembly, report: CapabilityReport): readonly Block[] {
  const { name, version, database, owner, isCreated, places, touches, routines, offered, findings } = assembly;
  const facts: Fact[] = [
    fact(isCreated ? 'Created and altered' : 'Created by no script', ...places.map((place) => [{ place }])),
    fact('Version', ...(version === undefined ? [] : [[{ name: version }]])),
    fact('Database', ...(database === undefined ? [] : [[{ name: database }]])),
    fact('Owner', ...(owner === undefined ? [] : [ownerWords(owner, database)])),
    fact('Permission set', ...setWords(assembly, report)),
    fact('Trust', ...trustWords(assembly)),
    fact('No script binds', ...offered.map(({ name: own, what }): Words => [{ name: own }, `, ${what}`])),
    fact('Not known', ...notKnownWords(assembly)),
  ];
  return [
    heading(2, ['Assembly ', { name }]),
    { kind: 'facts', facts: facts.filter(({ items }) => items.length > 0) },
    ...touchesTable('What it can touch', touches),
    ...(findings.length > 0 ? [findingsTable('Findings on the assembly and its code', findings)] : []),
    ...routines.flatMap((routine) => blocksOfRoutine(routine, report)),
  ];
}

function fact(label: string, ...items: readonly Words[]): Fact {
  return { label, items };
}

function ownerWords(owner: string, database: string | undefined): Words {
  const where = database === undefined ? 'in its database' : 'there';
  return [{ name: owner }, `: what this owner's assemblies hold ${where} shares an application domain with it`];
}

function setWords({ declared, needs }: ReportedAssembly, { clrStrictSecurity }: CapabilityReport): readonly Words[] {
  const said: Words[] = [];
  if (declared) said.push([`declared ${declared}`]);
  if (needs) {
    const short = declared && isStronger(needs, declared) ? ': more than is declared' : '';
    said.push([`its code needs ${needs}${short}`]);
  } else said.push(['its code is not in the project, so what it needs is not known']);
  if (clrStrictSecurity && declared && declared !== 'UNSAFE')
    said.push([`clr strict security treats it as UNSAFE: ${declared} is no security boundary`]);
  return said;
}

function trustWords({ trust }: ReportedAssembly): readonly Words[] {
  if (!trust) return [];
  const verdict = {
    loads: 'trusted',
    refused: trust.error === undefined ? 'refused' : `refused with Msg ${trust.error}`,
    unknown: 'not known',
  };
  return [[`${verdict[trust.verdict]}: `, { told: trust.because }]];
}

function notKnownWords({ notKnown, notKnownTotal }: ReportedAssembly): readonly Words[] {
  const told = notKnown.slice(0, 10);
  const others = notKnownTotal - told.length;
  return [...told.map((one): Words => [{ told: one }]), ...(others > 0 ? [[`and ${others} more`]] : [])];
}

function blocksOfRoutine(routine: ReportedRoutine, report: CapabilityReport): readonly Block[] {
  const { kind, name, place, externalName, needs, touches, findings } = routine;
  const facts: Fact[] = [
    fact('Bound to', [{ name: externalName }, ', ', { place }]),
    fact('May be used by', ...callerWords(routine.callers)),
    fact('Run by', ...routine.callers.by.slice(0, 20).map(runByWords)),
    fact('Runs as', ...identityWords(routine)),
    fact('Asks SQL Server for', ...askedWords(routine)),
    fact('Needs', [needs ?? 'not known']),
  ];
  return [
    heading(3, [`${kind[0]?.toUpperCase()}${kind.slice(1)} `, { name }]),
    { kind: 'facts', facts: facts.filter(({ items }) => items.length > 0) },
    ...touchesTable('What it can touch', touches),
    ...(touches.length === 0 && needs && report.assemblies.length > 0
      ? [{ kind: 'paragraph' as const, words: ['Nothing is known that it touches.'] }]
      : []),
    ...(findings.length > 0 ? [findingsTable('Findings on it', findings)] : []),
  ];
}

/** Of whom, as for any text that a module puts together. */
function askedWords({ asks, executeAs }: ReportedRoutine): readonly Words[] {
  return asks.map(({ permission, on, at }): Words => [
    `${permission} on `,
    { name: on },
    `, of ${executeAs === undefined ? 'its caller' : 'whom EXECUTE AS names'}, each time, `,
    { place: at },
  ]);
}

const ons = { object: '', schema: ' on all of its schema', database: ' on all of the database' } as const;

function callerWords({ permission, table, said, owner }: Callers): readonly Words[] {
  if (permission === undefined)
    return [
      table === undefined
        ? ['whoever does what fires it']
        : ['whoever may change ', { name: table }, ': that fires it'],
    ];
  const told = said.slice(0, 50).map((one) => sentenceOf(one));
  const others = said.length - told.length;
  return [
    ...(said.some(({ kind }) => kind === 'grant') ? [] : [[`no script grants ${permission} to anyone`]]),
    ...told,
    ...(others > 0 ? [[`and ${others} more`]] : []),
    [
      'without a grant: ',
      ...(owner === undefined ? ['its owner'] : [{ name: owner }, ', its owner']),
      ', and administrators of the database and the server',
    ],
  ];
}

function sentenceOf({ kind, permission, principal, on, uri, span }: PermissionWord): Words {
  const verb = { grant: 'granted', deny: 'denied', revoke: 'revoked' }[kind];
  const isPublic = principal.toLowerCase() === 'public';
  return [
    { name: principal },
    `${isPublic ? ', that is everyone' : ''}: ${permission} ${verb}${ons[on]}, `,
    { place: { uri, span } },
  ];
}

function runByWords({ name, executeAs, at }: Callers['by'][number]): Words {
  return [{ name }, ...(executeAs === undefined ? [] : [' as ', { name: executeAs }]), ', ', { place: at }];
}

/** In the database, and in Windows where something it touches asks for an account. */
function identityWords({ kind, executeAs, touches }: ReportedRoutine): readonly Words[] {
  const inside: Words =
    executeAs === undefined
      ? ['in the database: ', kind === 'trigger' ? 'whoever fires it' : 'its caller']
      : ['in the database: ', { name: executeAs }, ', by EXECUTE AS'];
  const accounts = [...new Set(touches.flatMap(({ account }) => account ?? []))];
  if (accounts.length === 0) return [inside];
  const denied =
    executeAs === undefined ? '' : '; under EXECUTE AS what asks for it is refused with a SecurityException';
  return [inside, [`in Windows: ${accounts.join('; ')}${denied}`]];
}

function touchesTable(caption: string, touches: readonly Touched[]): readonly Block[] {
  if (touches.length === 0) return [];
  return [
    {
      kind: 'table',
      caption,
      columns: ['What', 'Through', 'Takes', 'As', 'Way'],
      rows: touches.map(({ what, through, permissionSet, why, checkedAt, account, path, place, more }) => [
        [what],
        [{ name: through }, ...(more > 0 ? [`, and ${more} more`] : [])],
        [
          `${permissionSet ?? 'SAFE'}: `,
          { told: why },
          ...(checkedAt === undefined ? [] : [`, ${checkedAtText[checkedAt]}`]),
        ],
        [account ?? ''],
        [...wayOf(path), ...(place ? [path.length > 0 ? ', ' : '', { place }] : [])],
      ]),
    },
  ];
}

function wayOf(path: readonly string[]): Words {
  return abridged<string | undefined>(path, 6, undefined).flatMap((step, index): Words => [
    ...(index > 0 ? [' → '] : []),
    step === undefined ? '…' : { name: step },
  ]);
}

function findingsTable(caption: string, findings: readonly Finding[]): Block {
  return {
    kind: 'table',
    caption: `${caption}: ${countText(findings)}`,
    columns: ['Severity', 'Finding', 'Rule', 'Where'],
    rows: findings.map((finding) => [
      [finding.severity],
      [{ told: finding.message }],
      [{ name: finding.rule }],
      [{ place: finding }],
    ]),
  };
}

/** What a baseline says nothing against may still be wrong on the server. */
function blocksOfBaselines(all: readonly ReportedBaseline[]): readonly Block[] {
  return [
    heading(2, ['Baselines']),
    {
      kind: 'paragraph',
      words: [
        'Where nothing is against one, these files say nothing against it; the server may. CIS 6.2 and its like ask for SAFE, which since SQL Server 2017 is no boundary by itself: sign the assembly, and leave clr strict security on.',
      ],
    },
    {
      kind: 'table',
      caption: 'What published baselines ask, and what is against it',
      columns: ['Id', 'By', 'Asks', 'Editions', 'Against it'],
      rows: all.map(({ baseline, findings, assemblies }) => [
        [baseline.id],
        [baseline.by],
        [baseline.asks],
        [baseline.editions],
        againstWords(findings, assemblies),
      ]),
    },
  ];
}

function againstWords(findings: readonly Finding[], assemblies: readonly string[]): Words {
  const told = [
    ...assemblies.slice(0, 20).map((name): Words => [{ name }]),
    ...findings.slice(0, 20).map((finding): Words => [{ place: finding, shown: finding.rule }]),
  ];
  const others = assemblies.length + findings.length - told.length;
  if (told.length === 0) return ['nothing here'];
  return [
    ...told.flatMap((one, index) => (index > 0 ? [', ', ...one] : one)),
    ...(others > 0 ? [`, and ${others} more`] : []),
  ];
}

function blocksOfWeaknesses(report: CapabilityReport, weaknessesOf: WeaknessesOf): readonly Block[] {
  const counts = new Map<number, Map<string, number>>();
  for (const { rule } of findingsOf(report))
    for (const id of weaknessesOf(rule)) {
      const rules = counts.get(id) ?? new Map<string, number>();
      counts.set(id, rules.set(rule, (rules.get(rule) ?? 0) + 1));
    }
  if (counts.size === 0) return [];
  return [
    heading(2, ['Weaknesses']),
    {
      kind: 'table',
      caption: 'By the Common Weakness Enumeration',
      columns: ['Id', 'Weakness', 'Findings'],
      rows: [...counts]
        .sort(([a], [b]) => a - b)
        .map(([id, rules]) => [
          [`CWE-${id}`],
          [weaknessName(id) ?? ''],
          [...rules].flatMap(([rule, count], index): Words => [
            ...(index > 0 ? [', '] : []),
            { name: rule },
            ` ${count}`,
          ]),
        ]),
    },
  ];
}

function findingsOf({ assemblies, unbound, others }: CapabilityReport): readonly Finding[] {
  const ofRoutines = [...assemblies.flatMap(({ routines }) => routines), ...unbound].flatMap(
    ({ findings }) => findings,
  );
  return [...assemblies.flatMap(({ findings }) => findings), ...ofRoutines, ...others];
}
