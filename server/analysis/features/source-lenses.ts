// Lenses in C#: above a class with routines and above the attributes of an assembly what is needed and declared, above a routine
// which T-SQL object stands for it.
import type { EntryPoint } from '../code/entry-points.js';
import type { AssemblyCode, Place, TypeDef } from '../code/model.js';
import { declarationOf, type Location } from '../project/build-project.js';
import { Bindings, createdAs, objectText } from '../project/bindings.js';
import type { BoundRoutine, DeployedAssembly, Project } from '../project/project.js';
import { strongestOf, type Reason, type Requirements } from '../project/requirements.js';
import { RoutineNeeds } from '../project/routine-needs.js';
import { entriesOf } from '../project/routine-reach.js';
import { shownName } from '../text/shown.js';
import type { Lens } from './feature.js';

export function lensesInSource(project: Project, uri: string): readonly Lens[] {
  for (const [source, compiled] of project.sourceCode) {
    if (!source.sources.includes(uri)) continue;
    const assembly = project.assemblies.find((one) => one.code === compiled);
    const requirements = assembly && project.requirementsOf(assembly);
    if (requirements) return new SourceLenses(project, assembly, compiled, requirements).in(uri);
  }
  return [];
}

class SourceLenses {
  readonly #code: AssemblyCode;
  readonly #requirements: Requirements;
  readonly #bindings: Bindings;
  readonly #needs: RoutineNeeds;
  readonly #declared: Lens | undefined;

  constructor(project: Project, assembly: DeployedAssembly, code: AssemblyCode, requirements: Requirements) {
    this.#code = code;
    this.#requirements = requirements;
    this.#bindings = new Bindings(project, assembly);
    this.#needs = new RoutineNeeds(code, requirements);
    this.#declared = declaredLens(createdAs(project, assembly));
  }

  in(uri: string): readonly Lens[] {
    const lenses: Lens[] = [];
    const [attribute] = this.#code.attributes.flatMap(({ place }) => locationIn(place, uri));
    if (attribute)
      lenses.push(...this.#needsLenses(attribute, this.#requirements.permissionSet, this.#requirements.reasons));
    const entries = new Map<TypeDef, EntryPoint[]>();
    for (const entry of entriesOf(this.#requirements))
      if (entry.kind !== 'public') entries.set(entry.type, [...(entries.get(entry.type) ?? []), entry]);
    for (const [type, own] of entries) {
      for (const at of locationIn(type.place, uri)) {
        const reasons = [...this.#registration(type), ...this.#needs.of(own).reasons];
        lenses.push(...this.#needsLenses(at, strongestOf(reasons), reasons));
        if (own.some(({ kind }) => kind === 'type' || kind === 'aggregate'))
          lenses.push(boundLens(at, this.#bindings.of(type)));
      }
      for (const { kind, method } of own) {
        if (kind === 'type' || kind === 'aggregate' || kind === 'fill row') continue;
        for (const at of locationIn(method.place, uri)) lenses.push(boundLens(at, this.#bindings.of(type, method)));
      }
    }
    return lenses.sort((a, b) => a.span.start - b.span.start);
  }

  #needsLenses({ span }: Location, permissionSet: string, reasons: readonly Reason[]): readonly Lens[] {
    const places = reasons
      .filter((reason) => reason.permissionSet === permissionSet)
      .slice(0, most)
      .flatMap(({ place }) => (place.kind === 'source' ? [{ uri: place.uri, span: place.span }] : []));
    return [
      { span, title: `needs ${permissionSet}`, places },
      ...(this.#declared ? [{ ...this.#declared, span }] : []),
    ];
  }

  /** What CREATE ASSEMBLY looks at in the class, called or not. */
  #registration(type: TypeDef): readonly Reason[] {
    return this.#requirements.reasons.filter(
      ({ checkedAt, member }) =>
        checkedAt === 'create' && (member === type.name || member.startsWith(`${type.name}::`)),
    );
  }
}

/** Nobody looks at more places. */
const most = 100;

function declaredLens(assembly: DeployedAssembly): Lens | undefined {
  const { permissionSet, codeAt, created } = assembly;
  if (!permissionSet) return undefined;
  const at = created ? declarationOf(assembly) : codeAt;
  return {
    span: { start: 0, end: 0 },
    title: `declared ${permissionSet}`,
    places: at ? [{ uri: at.uri, span: at.span }] : [],
  };
}

function boundLens({ span }: Location, bindings: readonly BoundRoutine[]): Lens {
  // CREATE and ALTER of one object name it twice.
  const [first, ...others] = new Set(bindings.map(({ name }) => objectText(name, shownName)));
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return {
    span,
    title: first === undefined ? 'bound by no script' : `bound by ${first}${more}`,
    places: bindings.map(({ file, name }) => ({ uri: file.uri, span: name.span })),
  };
}

function locationIn(place: Place, uri: string): readonly Location[] {
  return place.kind === 'source' && place.uri === uri ? [{ uri, span: place.span }] : [];
}
