// Scripts and images as one project: what is created, altered and bound, and which of them belong together.
import type {
  EmbeddedImage,
  ImageFile,
  Packages,
  Project,
  ScriptFile,
  Server,
  BoundRoutine,
  DeployedAssembly,
  AssembliesByName,
} from './project.js';
import type { BoundName } from '../code/entry-points.js';
import type { Span } from '../text/span.js';
import type { ProjectCalls } from './code-calls.js';
import type { BoundMethod } from './bound-methods.js';
import type { CodeMemory } from './code-memory.js';
import type { Kept } from './kept.js';
import type { OrdinaryNames } from './ordinary-names.js';
import { statementsOf, type AlterAssembly, type Statement } from '../tsql/nodes.js';
import { withCode, withCodeOf } from './code-of-assemblies.js';
import { CodeWhenMade } from './code-when-made.js';
import { findAssembly, findBound } from './find-assembly.js';
import { isNamed } from './names.js';
import { signersOf, type Signer } from './signers.js';
import { trustsOf, type Trust } from './trust.js';
import { AssemblyLinks } from './assembly-links.js';
import { grouped } from './grouped.js';
import { ScriptsByKind } from './scripts-by-kind.js';

export function buildProject(
  server: Server,
  scripts: readonly ScriptFile[],
  images: readonly ImageFile[],
  packages: Packages,
  memory: CodeMemory,
): Project {
  const byKind = new ScriptsByKind(scripts);
  const created = byKind.scriptsWith('createAssembly').flatMap(createdIn);
  const alters = altersOf(
    grouped(created, (assembly) => assembly.name.toLowerCase()),
    byKind.scriptsWith('alterAssembly'),
  );
  const binding = scripts.filter((file) => memory.kept.bindings(file).length > 0);
  const bindings = binding.flatMap((file) => memory.kept.bindings(file));
  const altered = created.map((assembly) => withAlters(assembly, alters.get(assembly) ?? []));
  const assemblies = withCodeOf(altered, scripts, bindings, images, packages).map((one) => memory.kept.assembly(one));
  const byName = grouped(assemblies, (assembly) => assembly.name.toLowerCase());
  const byIdentity = grouped(assemblies, (assembly) => assembly.code?.identity.name.toLowerCase());
  const links = new AssemblyLinks({ byIdentity, images, libraries: packages.libraries });
  const made = new CodeWhenMade(assemblies);
  const routines = memory.kept.routines(binding.flatMap((file) => routinesOf(file, byName, memory.kept, made)));
  const bound = grouped(routines, ({ assembly }) => assembly);
  const inFile = grouped(routines, ({ file }) => file);
  const methodsOf = (some: readonly BoundRoutine[]): readonly BoundMethod[] =>
    some.flatMap((routine) => memory.kept.method(routine) ?? []);
  let isForAdministrators: ((routine: BoundRoutine) => boolean) | undefined;
  const boundNamesOf = (assembly: DeployedAssembly): readonly BoundName[] =>
    (bound.get(assembly) ?? []).map((routine) => {
      isForAdministrators ??= memory.analysis().usedOnlyByAdministrators(byKind);
      return boundName(routine, isForAdministrators(routine));
    });
  let methods: readonly BoundMethod[] | undefined;
  let ordinaryNames: OrdinaryNames | undefined;
  let trusts: readonly Trust[] | undefined;
  let signers: readonly Signer[] | undefined;
  let calls: ProjectCalls | undefined;
  const project: Project = {
    ...server,
    ...packages,
    scripts,
    scriptsWith: (...kinds) => byKind.scriptsWith(...kinds),
    images,
    assemblies,
    routines,
    bindsCode: routines.length > 0,
    routinesIn: (file) => inFile.get(file) ?? [],
    boundTypes: routines.filter(({ kind }) => kind === 'type'),
    byName,
    byIdentity,
    boundNamesOf,
    assumptionsOf: (...of) => memory.assumptions(...of),
    referencedBy: (assembly) => links.of(assembly),
    requirementsOfImage: (image) => {
      const deployed = assemblies.find((assembly) => assembly.image === image);
      return deployed
        ? memory.requirements(image.code, boundNamesOf(deployed), links.of(deployed))
        : memory.requirements(image.code, []);
    },
    requirementsOf: (assembly) =>
      assembly.code && memory.requirements(assembly.code, boundNamesOf(assembly), links.of(assembly)),
    get calls() {
      return (calls ??= memory.analysis().callsOf(project));
    },
    ordinaryOf: (file) => memory.ordinary(file),
    columnUsesOf: (file) => memory.columnUses(file),
    get ordinaryNames() {
      return (ordinaryNames ??= memory.analysis().ordinaryNamesOf(project));
    },
    get boundMethods() {
      return (methods ??= methodsOf(routines));
    },
    boundMethodsIn: (file) => methodsOf(inFile.get(file) ?? []),
    get signers() {
      return (signers ??= memory.kept.answer('signers', project, signersOf));
    },
    get trusts() {
      return (trusts ??= memory.kept.answer('trusts', project, (seen) => trustsOf(seen)));
    },
  };
  return project;
}

function boundName(
  { name, kind, externalName: { className, method } }: BoundRoutine,
  isRestricted: boolean,
): BoundName {
  return {
    class: className?.value ?? name.last.value,
    kind,
    ...(method && { method: method.value }),
    ...(isRestricted && { isForAdministrators: true }),
  };
}

/** Where an assembly's permission set is declared: the last clause that says it, or the name of the assembly. */
export function declarationOf({ created, altered }: DeployedAssembly): Declaration | undefined {
  const raised = altered.findLast(({ statement }) => statement.permissionSet);
  const clause = raised ?? created;
  if (!clause) return undefined;
  const { permissionSet, name } = clause.statement;
  const { uri } = clause.file;
  return permissionSet ? { uri, span: permissionSet.span, value: permissionSet.valueSpan } : { uri, span: name.span };
}

export interface Declaration extends Location {
  /** The word that says the set, where a clause does. */
  readonly value?: Span;
}

export interface Location {
  readonly uri: string;
  readonly span: Span;
}

/** Whether any assembly of the project bears this name, in SQL or inside its bytes. */
export function isRegistered({ byName, byIdentity, known }: Project, name: string): boolean {
  return byName.has(name.toLowerCase()) || byIdentity.has(name.toLowerCase()) || isNamed(known.assemblies, name);
}

function createdIn(file: ScriptFile): DeployedAssembly[] {
  const literals = literalsOf(file);
  const assemblies: DeployedAssembly[] = [];
  for (const statement of statementsOf(file.script, 'createAssembly')) {
    const permissionSet = statement.permissionSet ? statement.permissionSet.value : 'SAFE';
    const database = file.timeline.stepOf(statement)?.database;
    const own = {
      created: { file, statement },
      altered: [],
      ...(database !== undefined && { database }),
      ...(permissionSet && { permissionSet }),
      ...(statement.authorization && { owner: statement.authorization.value }),
    };
    const [root, ...dependents] = literals.get(statement) ?? [];
    const codeAt = root && { uri: file.uri, span: root.head };
    assemblies.push({
      name: statement.name.value,
      ...own,
      ...(root?.image && withCode(root.image)),
      ...(codeAt && { codeAt }),
    });
    for (const { image, head } of dependents) {
      if (image)
        assemblies.push({
          name: image.code.identity.name,
          ...own,
          ...withCode(image),
          codeAt: { uri: file.uri, span: head },
        });
    }
  }
  return assemblies;
}

function literalsOf({ literals }: ScriptFile): ReadonlyMap<Statement, readonly EmbeddedImage[]> {
  return grouped(literals, (literal) => literal.statement);
}

interface Alter {
  readonly file: ScriptFile;
  readonly statement: AlterAssembly;
  /** The new bytes, where it gives any. */
  readonly literal?: EmbeddedImage;
}

/** By the assembly they mean: the ALTER ASSEMBLY statements of all scripts, in order. */
function altersOf(
  created: AssembliesByName,
  scripts: readonly ScriptFile[],
): ReadonlyMap<DeployedAssembly, readonly Alter[]> {
  const alters = scripts.flatMap((file) => {
    const literals = literalsOf(file);
    return statementsOf(file.script, 'alterAssembly').map((statement): Alter => {
      const literal = literals.get(statement)?.[0];
      return { file, statement, ...(literal && { literal }) };
    });
  });
  return grouped(alters, ({ file, statement }) => {
    const found = findAssembly(created, file, statement.name.value, statement);
    return found.kind === 'found' ? found.assembly : undefined;
  });
}

function withAlters(assembly: DeployedAssembly, alters: readonly Alter[]): DeployedAssembly {
  if (alters.length === 0) return assembly;
  const { permissionSet: created, ...rest } = assembly;
  const option = alters.findLast(({ statement }) => statement.permissionSet)?.statement.permissionSet;
  const permissionSet = option ? option.value : created;
  const bytes = alters.findLast(({ literal }) => literal?.image);
  return {
    ...rest,
    altered: alters,
    ...(permissionSet && { permissionSet }),
    ...(bytes?.literal?.image && {
      ...withCode(bytes.literal.image),
      codeAt: { uri: bytes.file.uri, span: bytes.literal.head },
    }),
  };
}

function routinesOf(
  file: ScriptFile,
  byName: AssembliesByName,
  kept: Kept,
  made: CodeWhenMade,
): readonly BoundRoutine[] {
  const codeOf = made.in(file);
  return kept.bindings(file).map((binding) => {
    const { externalName, statement } = binding;
    const found = findBound(byName, file, externalName.assembly.value, statement);
    const assembly = found.kind === 'found' ? found.assembly : undefined;
    const code = assembly && codeOf(statement, assembly);
    return kept.routine({
      file,
      ...binding,
      ambiguous: found.kind === 'ambiguous',
      ...(assembly && { assembly }),
      ...(code && { code }),
    });
  });
}
