// A routine as the engine goes about it: from CREATE ASSEMBLY to what its code asks for, who is asked at each step, and what of this
// project answers. Each step names the page it is told by.
import type { EntryPoint } from '../code/entry-points.js';
import { linkCheckOf } from '../knowledge/link-checks.js';
import { Bindings, createdAs, objectText, permissionsToUse, permissionWords } from '../project/bindings.js';
import type { Location } from '../project/build-project.js';
import { isStronger } from '../project/compare-sets.js';
import { configuredIn } from '../project/configuration.js';
import { grouped } from '../project/grouped.js';
import { identityTextOf } from '../project/identity-text.js';
import { sameName } from '../project/names.js';
import type { BoundRoutine, DeployedAssembly, Project } from '../project/project.js';
import { reachedOutside } from '../project/outside-access.js';
import { checkedAtText, pathOf, whyText } from '../project/proof.js';
import type { Reason } from '../project/requirements.js';
import { RoutineNeeds } from '../project/routine-needs.js';
import { entriesOf } from '../project/routine-reach.js';
import { schemaOwners } from '../project/schema-owners.js';
import { isStrict } from '../project/strict-security.js';
import type { Finding } from '../rules/rule.js';
import { code, escaped, reference } from './markdown.js';
import { withoutParameters } from './needs-markdown.js';

export interface EngineStep {
  /** `CREATE ASSEMBLY`, `the call`. */
  readonly when: string;
  /** Whose permission, or which permission set, is asked; Markdown. */
  readonly asked: string;
  readonly outcome: 'passes' | 'refused' | 'not known';
  /** What answers, in Markdown. */
  readonly because: string;
  /** Where that stands. */
  readonly at: readonly Location[];
  /** A link to Microsoft's page. */
  readonly source: string;
}

/** How a place is written. */
export type PlaceText = (place: Location) => string;

/** By its name, `dbo.NetPay`; without a schema, whatever the schema. */
export function routinesNamed({ routines }: Project, name: string): readonly BoundRoutine[] {
  const parts = name.split('.').map((part) => part.replace(/^\[(.*)\]$/, '$1'));
  return routines.filter(({ name: { parts: own } }) =>
    parts.every((part, index) => sameName(own.at(index - parts.length)?.value ?? 'dbo', part)),
  );
}

export function engineText(
  project: Project,
  routine: BoundRoutine,
  findingsOf: (uri: string) => readonly Finding[],
  placeText: PlaceText,
): string {
  const steps = engineSteps(project, routine);
  const { start, end } = routine.statement.span;
  const found = findingsOf(routine.file.uri).filter(({ span }) => start <= span.start && span.end <= end);
  return `${[
    `# ${escaped(objectText(routine.name))}: what SQL Server does, step by step`,
    `${capital(routine.kind)} ${code(objectText(routine.name))}, EXTERNAL NAME ${code(externalText(routine))}, for ${escaped(project.target.title)}.`,
    ...steps.map((step, index) => stepText(step, index + 1, placeText)),
    ...(found.length === 0
      ? []
      : [
          `## Found on it\n\n${found.map((finding) => `- ${placeText(finding)}: ${escaped(finding.message)} (${finding.rule})`).join('\n')}`,
        ]),
  ].join('\n\n')}\n`;
}

function stepText(
  { when, asked, outcome, because, at, source }: EngineStep,
  number: number,
  placeText: PlaceText,
): string {
  const places = at.length === 0 ? [] : [`- Where: ${at.map(placeText).join(', ')}`];
  return [
    `## ${number}. ${capital(when)}: ${outcome}\n`,
    `- Asked: ${asked}`,
    `- Here: ${because}`,
    ...places,
    `- Source: ${source}`,
  ].join('\n');
}

export function engineSteps(project: Project, routine: BoundRoutine): readonly EngineStep[] {
  const { assembly } = routine;
  const created = assembly && createdAs(project, assembly);
  return [
    createAssembly(project, routine, created),
    binding(project, routine, created),
    clrEnabled(project),
    call(project, routine),
    identity(routine),
    loading(project, routine, created),
    ...needs(project, routine, assembly, created),
    ...commands(project, routine),
  ];
}

const pages = {
  createAssembly: reference('CREATE ASSEMBLY'),
  strict: reference('CLR strict security'),
  enabled: reference('clr enabled, server configuration option'),
  links: reference('Links in CLR Integration Security'),
  executeAs: reference('EXECUTE AS clause'),
  access: reference('CLR integration code access security'),
  hostProtection: reference('Host protection attributes and CLR integration programming'),
  impersonation: reference('Impersonation and CLR Integration Security'),
  context: reference('Context connection'),
};

function createAssembly(project: Project, routine: BoundRoutine, assembly: DeployedAssembly | undefined): EngineStep {
  const name = routine.externalName.assembly.value;
  const statement = assembly?.created?.statement;
  const set = assembly?.permissionSet ?? 'a permission set that is not known';
  const strict = isStrict(project);
  const asked = strict
    ? `'clr strict security' is on: SQL Server takes ${set} for UNSAFE, and lets in only what is signed by whom a login with UNSAFE ASSEMBLY stands for, or whose hash is trusted`
    : `no strict security: SAFE needs no trust; EXTERNAL_ACCESS and UNSAFE need a signer's login with that permission, or a TRUSTWORTHY database of such an owner`;
  const trust = statement && project.trusts.find(({ deposit }) => deposit.statement === statement);
  return {
    when: `CREATE ASSEMBLY ${code(name)}`,
    asked,
    outcome: trust
      ? trust.verdict === 'loads'
        ? 'passes'
        : trust.verdict === 'refused'
          ? 'refused'
          : 'not known'
      : 'not known',
    because: trust
      ? `${escaped(trust.because)}${trust.error === undefined ? '' : ` (Msg ${trust.error})`}`
      : 'no script of this project creates it',
    at: [
      ...(assembly?.created ? [{ uri: assembly.created.file.uri, span: assembly.created.statement.name.span }] : []),
      ...(trust?.evidence ?? []),
    ],
    source: strict ? pages.strict : pages.createAssembly,
  };
}

function binding({ scripts }: Project, routine: BoundRoutine, assembly: DeployedAssembly | undefined): EngineStep {
  const { meaning } = linkCheckOf('gated');
  const ownerOf = schemaOwners(scripts);
  const [own, theirs] = [ownerOf(routine.name), assembly?.owner];
  const isOne = own !== undefined && theirs !== undefined && sameName(own, theirs);
  return {
    when: `CREATE ${routine.kind.toUpperCase()} ${code(objectText(routine.name))}`,
    asked: `REFERENCES on the assembly, ${meaning}`,
    outcome: isOne ? 'passes' : 'not known',
    because: `the schema belongs to ${own === undefined ? 'somebody who is not known' : code(own)}, the assembly to ${theirs === undefined ? 'whoever creates it' : code(theirs)}${isOne ? ': an owner needs no grant' : ''}`,
    at: [{ uri: routine.file.uri, span: routine.externalName.span }],
    source: pages.links,
  };
}

function clrEnabled({ scripts }: Project): EngineStep {
  const set = scripts.flatMap((file) =>
    configuredIn(file.script)
      .filter(({ option }) => option === 'clr enabled')
      .map(({ number, statement }) => ({ number, at: { uri: file.uri, span: statement.span } })),
  );
  const last = set.at(-1);
  return {
    when: 'the server',
    asked: "'clr enabled' is 1: without it objects can be made, and none runs (Msg 6263)",
    outcome: last?.number === 1 ? 'passes' : last?.number === 0 ? 'refused' : 'not known',
    because: last
      ? `scripts set it to ${last.number ?? 'what is not known here'}`
      : 'no script sets it: the default is 0',
    at: last ? [last.at] : [],
    source: pages.enabled,
  };
}

function call(project: Project, routine: BoundRoutine): EngineStep {
  const { kind, name } = routine;
  if (kind === 'trigger')
    return {
      when: 'the call',
      asked:
        'nobody calls a trigger: whoever changes the table needs the permission to change it, and none on the trigger',
      outcome: 'passes',
      because: 'it fires',
      at: [{ uri: routine.file.uri, span: name.span }],
      source: pages.links,
    };
  const words = permissionWords(project, routine);
  const callers = project.calls.into(routine);
  const told = words.map(({ kind: verb, permission, principal }) => `${verb} ${permission} ${code(principal)}`);
  const by = callers.map(({ by: from }) =>
    'routine' in from ? code(objectText(from.routine.name)) : code(from.method.name),
  );
  return {
    when: 'the call',
    asked: `${permissionsToUse(routine)[0] ?? 'EXECUTE'} on ${code(objectText(name))}, ${linkCheckOf('invocation').meaning}; it is not asked where the calling module and this one have one owner`,
    outcome: words.some(({ kind: verb }) => verb === 'grant') ? 'passes' : 'not known',
    because: [
      told.length === 0 ? 'no script grants it to anyone' : `scripts ${told.slice(0, most).join('; ')}`,
      ...(by.length === 0 ? [] : [`it is called by ${by.slice(0, most).join(', ')}`]),
    ].join('; '),
    at: [...words, ...callers.map(({ at }) => at)].slice(0, most),
    source: pages.links,
  };
}

const most = 5;

function identity(routine: BoundRoutine): EngineStep {
  const whom = otherContextOf(routine);
  return {
    when: 'the execution context',
    asked: 'as whom the module runs in the database',
    outcome: 'passes',
    because:
      whom === undefined
        ? "its caller: permissions inside are the caller's"
        : `EXECUTE AS ${code(whom)}: permissions inside are that principal's, whoever calls; access outside of SQL Server from it is refused`,
    at: [{ uri: routine.file.uri, span: routine.name.span }],
    source: pages.executeAs,
  };
}

/** Whom EXECUTE AS names; undefined for the caller. */
function otherContextOf({ statement, kind }: BoundRoutine): string | undefined {
  const clause = 'executeAs' in statement ? statement.executeAs : undefined;
  if (!clause || clause.context === 'CALLER' || kind === 'aggregate' || kind === 'type') return undefined;
  return clause.context === 'USER' ? (clause.user?.value ?? '') : clause.context;
}

function loading(project: Project, routine: BoundRoutine, assembly: DeployedAssembly | undefined): EngineStep {
  const owner = assembly?.owner;
  return {
    when: 'loading the assembly',
    asked: `trust once more (Msg 10314 where it is gone since), and an application domain: one for each database and owner`,
    outcome: assembly?.created ? 'passes' : 'not known',
    because: `the domain of ${assembly?.database === undefined ? 'the database' : code(assembly.database)} and ${owner === undefined ? 'the owner' : code(owner)}; its code gets what ${assembly?.permissionSet ?? 'its permission set'} gives${isStrict(project) ? ': strict security is about letting it in, and this is what it may do then' : ''}`,
    at: [{ uri: routine.file.uri, span: routine.externalName.assembly.span }],
    source: pages.access,
  };
}

function needs(
  project: Project,
  routine: BoundRoutine,
  assembly: DeployedAssembly | undefined,
  created: DeployedAssembly | undefined,
): readonly EngineStep[] {
  const requirements = assembly && project.requirementsOf(assembly);
  const entries = requirements
    ? entriesOf(requirements).filter((entry) => isBoundTo(project, assembly, routine, entry))
    : [];
  if (!requirements || !assembly?.code || entries.length === 0)
    return [
      {
        when: 'running the code',
        asked: 'what the permission set gives, of every assembly on the stack',
        outcome: 'not known',
        because: 'its code is not in this project, or no method of it is bound here',
        at: [],
        source: pages.access,
      },
    ];
  const { reasons } = new RoutineNeeds(assembly.code, requirements).of(entries);
  const declared = created?.permissionSet;
  const context = otherContextOf(routine);
  const steps = reasons.slice(0, most).map((reason): EngineStep => {
    const lacksSet =
      reason.permissionSet === 'NONE' || (declared !== undefined && isStronger(reason.permissionSet, declared));
    const isOutside = context !== undefined && reason.use !== undefined && reachedOutside(reason.use) !== undefined;
    const isRefused = lacksSet || isOutside;
    const account = reason.use && identityTextOf(requirements, reason.use);
    return {
      when: `the code: ${code(withoutParameters(reason.member))}`,
      asked: `${reason.permissionSet === 'NONE' ? 'no permission set gives it' : `${reason.permissionSet} at least`}, ${checkedAtText[reason.checkedAt]}: ${escaped(whyText(reason.why))}`,
      outcome: isRefused ? 'refused' : declared === undefined ? 'not known' : 'passes',
      because: [
        `the assembly is ${declared ?? 'declared as is not known'}${lacksSet ? refusal(reason) : ''}`,
        ...(isOutside
          ? [`it runs as ${code(context)}, from where nothing outside of SQL Server is reached (Msg 6522)`]
          : []),
        wayText(reason),
        ...(account
          ? [
              `in Windows it is ${escaped(account.account)}${account.by === undefined ? '' : `, by ${code(account.by)}`}`,
            ]
          : []),
      ].join('; '),
      at:
        reason.place.kind === 'source'
          ? [{ uri: reason.place.uri, span: reason.place.span }]
          : assembly.codeAt
            ? [assembly.codeAt]
            : [],
      source: reason.why.startsWith('HPA')
        ? pages.hostProtection
        : account?.by === undefined
          ? pages.access
          : pages.impersonation,
    };
  });
  if (steps.length > 0) return steps;
  return [
    {
      when: 'running the code',
      asked: 'what the permission set gives, of every assembly on the stack',
      outcome: 'passes',
      because: `nothing that it reaches needs more than SAFE${requirements.assumptions.length === 0 ? '' : ', as far as its code is known'}`,
      at: [],
      source: pages.access,
    },
  ];
}

/** CREATE ASSEMBLY has a number for each thing it looks for. */
function refusal({ checkedAt }: Reason): string {
  return checkedAt === 'create' ? ', which CREATE ASSEMBLY refuses' : ' (Msg 6522)';
}

function wayText(reason: Reason): string {
  const way = pathOf(reason).map(({ name }) => code(name));
  return way.length === 0 ? 'it is in the assembly, called or not' : `the way there: ${way.join(' → ')}`;
}

function isBoundTo(
  project: Project,
  assembly: DeployedAssembly,
  routine: BoundRoutine,
  { type, method }: EntryPoint,
): boolean {
  const bindings = new Bindings(project, assembly);
  return bindings.of(type, method).includes(routine) || bindings.of(type).includes(routine);
}

function commands({ calls }: Project, routine: BoundRoutine): readonly EngineStep[] {
  const asked = grouped(
    calls.inCode.filter(({ routines }) => routines.includes(routine)),
    ({ to, permission }) => `${permission} ${objectText(to.name).toLowerCase()}`,
  );
  return [...asked.values()]
    .flatMap(([first]) => first ?? [])
    .slice(0, most)
    .map(({ to, permission, at }): EngineStep => ({
      when: `the context connection: ${permission} on ${code(objectText(to.name))}`,
      asked: `${permission}, ${linkCheckOf(to.kind === 'table' ? 'table-access' : 'invocation').meaning}`,
      outcome: 'not known',
      because: 'the command runs in the execution context of step 5',
      at: [at],
      source: pages.context,
    }));
}

function externalText({ externalName: { assembly, className, method } }: BoundRoutine): string {
  return [assembly, className, method].flatMap((part) => part?.value ?? []).join('.');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
