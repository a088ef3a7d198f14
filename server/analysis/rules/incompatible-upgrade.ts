import { typeText } from '../code/code-text.js';
import type { AssemblyIdentity, AttributeValue, MethodDef, TypeDef } from '../code/model.js';
import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import type { AssemblyImage } from '../metadata/assembly.js';
import { externalNameOf, nameOf, placeOf, type CatalogObject } from '../project/catalog.js';
import { sameName } from '../project/names.js';
import type { Project, ScriptFile } from '../project/project.js';
import { rootImagesOf } from '../project/root-images.js';
import type { Step } from '../project/timeline.js';
import { dependentFaults } from '../project/upgrade-dependents.js';
import type { Span } from '../text/span.js';
import type { AlterAssembly } from '../tsql/nodes.js';
import type { Details, ProjectRule, ReportFile, Severity } from './rule.js';

export const incompatibleUpgrade: ProjectRule = {
  name: 'incompatible-upgrade',
  summary: 'ALTER ASSEMBLY changes what bound objects, other assemblies or stored values depend on.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [
    6240, 6269, 6270, 6271, 6272, 6273, 6274, 6275, 6276, 6277, 6278, 6279, 6280, 6282, 6283, 6284, 6285, 6287, 6529,
    6579, 10330,
  ],
  on: 'project',
  check(project, report) {
    for (const file of project.scriptsWith('alterAssembly')) checkScript(project, file, report);
  },
};

function checkScript(project: Project, file: ScriptFile, report: ReportFile): void {
  const images = rootImagesOf(file);
  // What each assembly is made of, as far as the script says; undefined where that is not known.
  const current = new Map<CatalogObject, AssemblyImage | undefined>();
  for (const step of file.timeline.steps) {
    const { statement, conditional } = step;
    if (statement.kind !== 'createAssembly' && statement.kind !== 'alterAssembly') continue;
    const object = file.catalog.objectOf(statement);
    if (!object) continue;
    const image = images.get(statement);
    if (statement.kind === 'createAssembly') {
      if (object.created === step) current.set(object, image);
      continue;
    }
    const isThere = file.catalog.presence(object, step) === 'present';
    const faults: Fault[] = [];
    if (statement.visibility?.value === 'OFF' && isThere) faults.push(...hiddenFaults(file, step, statement));
    const old = current.get(object);
    if (statement.from && image && old && isThere)
      faults.push(...faultsOf({ project, file, step, object, statement, current }, old, image));
    for (const fault of faults) report(file.uri, statement.name.span, fault.message, detailsOf(file, fault));
    // What is refused changes nothing.
    if (statement.from && !faults.some(({ severity }) => severity === undefined))
      current.set(object, conditional ? undefined : image);
  }
}

interface Fault {
  readonly message: string;
  readonly error: number;
  readonly severity?: Severity;
  readonly by?: CatalogObject;
  /** In the same script, where it is no object of the catalog. */
  readonly at?: Span;
}

function detailsOf({ uri }: ScriptFile, { error, severity, by, at }: Fault): Details {
  const related = by ? [placeOf(by)] : at ? [{ uri, span: at, message: 'It stands here' }] : [];
  return { sqlErrors: [error], related, ...(severity && { severity }) };
}

interface Upgrade {
  readonly project: Project;
  readonly file: ScriptFile;
  readonly step: Step;
  readonly object: CatalogObject;
  readonly statement: AlterAssembly;
  readonly current: ReadonlyMap<CatalogObject, AssemblyImage | undefined>;
}

function hiddenFaults({ catalog }: ScriptFile, step: Step, { name }: AlterAssembly): readonly Fault[] {
  const [by] = catalog.boundTo(step, name.value);
  if (!by) return [];
  const message = `Assembly ${name.value} cannot be hidden while ${textOf(by)} is bound to it`;
  return [{ message, error: 6284, by }];
}

function textOf(object: CatalogObject): string {
  return `${object.class} ${nameOf(object)}`;
}

/** The first of what refuses it as a whole, or all that refuse it for one object. */
function faultsOf(upgrade: Upgrade, old: AssemblyImage, image: AssemblyImage): readonly Fault[] {
  const whole = identityFault(upgrade, old, image) ?? referenceFault(old, image);
  if (whole) return [whole];
  const [before, after] = [old, image].map(({ code }) => new Map(code.types.map((type) => [type.name, type])));
  if (!before || !after) return [];
  const { project, file, statement } = upgrade;
  return [...boundFaults(upgrade, before, after), ...dependentFaults(project, file, statement, before, after)];
}

function identityFault(
  { file, step, object, current }: Upgrade,
  old: AssemblyImage,
  image: AssemblyImage,
): Fault | undefined {
  if (old.module.mvid === image.module.mvid)
    return { message: `Assembly ${object.name} has these very bytes already`, error: 6285 };
  const [was, is] = [old.code.identity, image.code.identity];
  const changed = (['name', 'culture', 'publicKeyToken'] as const).find(
    (part) => !sameName(was[part] ?? '', is[part] ?? ''),
  );
  if (changed)
    return {
      message: `The ${parts[changed]} changes from ${was[changed] || 'none'} to ${is[changed] || 'none'}`,
      error: 6579,
    };
  if (withoutRevision(was) === withoutRevision(is)) return undefined;
  for (const [other, itsImage] of current) {
    if (other === object || !itsImage?.code.references.some(({ name }) => sameName(name, was.name))) continue;
    if (other.database !== object.database || file.catalog.presence(other, step) !== 'present') continue;
    const message = `Assembly ${other.name} references version ${was.version}, of which only the revision can change`;
    return { message, error: 6283, by: other };
  }
  return undefined;
}

const parts = { name: 'name in the assembly', culture: 'culture', publicKeyToken: 'public key token' } as const;

function withoutRevision({ version }: AssemblyIdentity): string {
  return version.split('.').slice(0, 3).join('.');
}

/** Of the assemblies that a database holds: those of the framework are SQL Server's own. */
function referenceFault(old: AssemblyImage, image: AssemblyImage): Fault | undefined {
  const [before, after] = [old, image].map(
    ({ code }) =>
      new Map(
        code.references
          .filter(({ name }) => !findFrameworkAssembly(name))
          .map((reference) => [reference.name.toLowerCase(), reference]),
      ),
  );
  if (!before || !after) return undefined;
  const added = [...after.values()].find(({ name }) => !before.has(name.toLowerCase()));
  const removed = [...before.values()].find(({ name }) => !after.has(name.toLowerCase()));
  if (added) return { message: `The new assembly references ${added.name}, which the old one does not`, error: 6282 };
  if (removed)
    return { message: `The new assembly does not reference ${removed.name}, which the old one does`, error: 6282 };
  for (const [name, is] of after) {
    const was = before.get(name);
    if (!was || (was.version === is.version && was.publicKeyToken === is.publicKeyToken)) continue;
    return {
      message: `The new assembly references ${is.name} ${shown(is)}, and the old one ${shown(was)}`,
      error: 6529,
    };
  }
  return undefined;
}

function shown({ version, publicKeyToken }: AssemblyIdentity): string {
  return publicKeyToken === undefined ? version : `${version} (${publicKeyToken})`;
}

function boundFaults({ file, step, object }: Upgrade, before: Types, after: Types): readonly Fault[] {
  const faults: Fault[] = [];
  const gone = new Set<string>();
  for (const by of file.catalog.boundTo(step, object.name)) {
    const external = by.created && externalNameOf(by.changed.at(-1) ?? by.created);
    const className = external?.className?.value ?? by.name;
    const [was, is] = [before.get(className), after.get(className)];
    if (!was || gone.has(className)) continue;
    const what = textOf(by);
    if (!is) {
      gone.add(className);
      const message = `Class ${className}, which ${what} is bound to, is not in the new assembly`;
      faults.push({ message, error: by.class === 'aggregate' ? 6269 : 6273, by });
    } else if (by.class === 'type')
      faults.push(...storedFaults(by, was, is), ...layoutFaults(by, was, is, before, after));
    else if (external?.method && !keeps(was, is, external.method.value)) {
      const message = `Method ${className}::${external.method.value}, which ${what} is bound to, is not in the new assembly with its signature`;
      faults.push({ message, error: 6270, by });
    }
  }
  return faults;
}

/** Whether the method that was there, and only once, is there as it was. */
function keeps(was: TypeDef, is: TypeDef, name: string): boolean {
  const [before, after] = [was, is].map(({ methods }) => methods.filter((one) => one.name === name && one.isStatic));
  const [method, ...others] = before ?? [];
  if (!method || others.length > 0) return true;
  const signature = signatureOf(method);
  return signature.includes('?') || (after ?? []).some((one) => one.isPublic && signatureOf(one) === signature);
}

function signatureOf({ returns, parameters }: MethodDef): string {
  return [returns, ...parameters.map(({ type }) => type)].map(typeText).join(', ');
}

/** What SQL Server refuses where values of the type are stored, which no script tells. */
function storedFaults(by: CatalogObject, was: TypeDef, is: TypeDef): readonly Fault[] {
  const [before, after] = [was, is].map(facetsOf);
  if (!before || !after) return [];
  return facets.flatMap(({ name, error }) => {
    const [old, now] = [before, after].map((values) => values.get(name));
    if (old === undefined || now === undefined || old === now) return [];
    const message = `${name} of type ${nameOf(by)} changes from ${old} to ${now}, which stored values do not survive`;
    return [{ message, error, severity: 'warning' as const, by }];
  });
}

/** The fields of a native type are its stored values, in their order; those of the structs in it too. */
function layoutFaults(by: CatalogObject, was: TypeDef, is: TypeDef, before: Types, after: Types): readonly Fault[] {
  if (facetsOf(was)?.get('Format') !== 'Native' || facetsOf(is)?.get('Format') !== 'Native') return [];
  const stored = 'which stored values do not survive';
  if (layoutOf(was) !== layoutOf(is))
    return [{ message: `The fields of type ${nameOf(by)} change, ${stored}`, error: 6276, severity: 'warning', by }];
  const nested = was.fields.flatMap(({ type }) =>
    type.kind === 'named' && type.assembly === undefined ? [type.name] : [],
  );
  const changed = nested.find((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    return old?.kind === 'struct' && now !== undefined && layoutOf(old) !== layoutOf(now);
  });
  if (changed === undefined) return [];
  const message = `The fields of ${changed}, which type ${nameOf(by)} holds, change, ${stored}`;
  return [{ message, error: 10330, severity: 'warning', by }];
}

type Types = ReadonlyMap<string, TypeDef>;

function layoutOf({ fields }: TypeDef): string {
  return fields.flatMap(({ isStatic, type }) => (isStatic ? [] : [typeText(type)])).join();
}

const facets = [
  { name: 'Format', error: 6274 },
  { name: 'IsByteOrdered', error: 6275 },
  { name: 'MaxByteSize', error: 6277 },
  { name: 'IsFixedLength', error: 6278 },
] as const;

/** Of SqlUserDefinedTypeAttribute, with what holds where nothing is said. */
function facetsOf({ attributes }: TypeDef): ReadonlyMap<string, string> | undefined {
  const attribute = attributes.find(({ type }) => type === 'Microsoft.SqlServer.Server.SqlUserDefinedTypeAttribute');
  if (!attribute) return undefined;
  const written = (value: AttributeValue | undefined): string | undefined =>
    value?.kind === 'number' || value?.kind === 'boolean' ? String(value.value) : undefined;
  const named = (name: string, otherwise: string): string | undefined => {
    const found = attribute.named.findLast((one) => one.name === name);
    return found ? written(found.value) : otherwise;
  };
  const format = written(attribute.arguments[0]);
  const values = new Map<string, string | undefined>([
    ['Format', format === '1' ? 'Native' : format === '2' ? 'UserDefined' : undefined],
    ['IsByteOrdered', named('IsByteOrdered', 'false')],
    ['MaxByteSize', named('MaxByteSize', '0')],
    ['IsFixedLength', named('IsFixedLength', 'false')],
  ]);
  return new Map([...values].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
