// Beside the types of a routine, in T-SQL the managed ones that stand for them, and in C# the parameters of the T-SQL object.
import { shortTypeName } from '../code/names.js';
import type { MethodDef, ParameterDef, TypeRef } from '../code/model.js';
import { classOf } from '../project/bound-methods.js';
import { objectText } from '../project/bindings.js';
import type { BoundRoutine, Project } from '../project/project.js';
import { typeText } from '../project/type-pairs.js';
import { shownLine } from '../text/shown.js';
import type { Span } from '../text/span.js';
import type { DataType, Parameter } from '../tsql/nodes.js';

export interface InlayHint {
  /** It stands behind what ends here. */
  readonly at: number;
  /** Fit to be shown: of one line, escaped. */
  readonly label: string;
  /** Whose it is. */
  readonly tooltip: string;
}

/** Those within a span, in order of place. */
export function inlayHintsIn(project: Project, uri: string, within: Span): readonly InlayHint[] {
  const hints = pairsOf(project).flatMap((pair) => [...hintsInScript(pair, uri), ...hintsInSource(pair, uri)]);
  return hints.filter(({ at }) => within.start <= at && at <= within.end).sort((a, b) => a.at - b.at);
}

/** What T-SQL declares, beside what the managed code has. */
interface Pair {
  readonly routine: BoundRoutine;
  readonly parameters: readonly Parameter[];
  readonly method: MethodDef;
  readonly returns?: { readonly declared: DataType; readonly managed: TypeRef };
  /** Of a table: its columns, and the method that fills them. */
  readonly rows?: { readonly columns: readonly { readonly type?: DataType }[]; readonly filler: MethodDef };
}

function pairsOf(project: Project): readonly Pair[] {
  const routines = project.boundMethods.map(({ routine, statement, type, method }): Pair => {
    const result = 'returns' in statement ? statement.returns : undefined;
    const filler = result?.kind === 'table' ? fillerOf(type.methods, method) : undefined;
    return {
      routine,
      parameters: 'parameters' in statement ? statement.parameters : [],
      method,
      ...(result?.kind === 'scalar' && { returns: { declared: result.type, managed: method.returns } }),
      ...(result?.kind === 'table' && filler && { rows: { columns: result.columns, filler } }),
    };
  });
  return [...routines, ...project.routines.flatMap(aggregateOf)];
}

function aggregateOf(routine: BoundRoutine): readonly Pair[] {
  const { statement } = routine;
  if (statement.kind !== 'createAggregate') return [];
  const methods = classOf(routine)?.methods.filter(({ isPublic }) => isPublic) ?? [];
  const [accumulate, other] = methods.filter(({ name }) => name === 'Accumulate');
  const terminate = methods.find(({ name }) => name === 'Terminate');
  if (!accumulate || other) return [];
  const returns = statement.returns && terminate && { declared: statement.returns, managed: terminate.returns };
  return [{ routine, parameters: statement.parameters, method: accumulate, ...(returns && { returns }) }];
}

function fillerOf(methods: readonly MethodDef[], { attributes }: MethodDef): MethodDef | undefined {
  const named = attributes.flatMap((one) => one.named).find(({ name }) => name === 'FillRowMethodName')?.value;
  const [filler, other] = methods.filter(({ name }) => named?.kind === 'string' && name === named.value);
  return other ? undefined : filler;
}

function hintsInScript({ routine, parameters, method, returns, rows }: Pair, uri: string): readonly InlayHint[] {
  if (routine.file.uri !== uri) return [];
  const beside = ({ span }: DataType, type: TypeRef, tooltip: string): InlayHint[] =>
    type.kind === 'unknown' ? [] : [{ at: span.end, label: managedText(type), tooltip }];
  const ofParameter = (type: DataType | undefined, managed: ParameterDef | undefined, of: MethodDef): InlayHint[] =>
    type && managed ? beside(type, managed.type, `Parameter ${shownLine(managed.name)} of ${shownLine(of.name)}`) : [];
  return [
    ...parameters.flatMap(({ type }, index) => ofParameter(type, method.parameters[index], method)),
    ...(returns ? beside(returns.declared, returns.managed, 'What the method returns') : []),
    // The first parameter of the method that fills rows is the row.
    ...(rows?.columns.flatMap(({ type }, index) => ofParameter(type, rows.filler.parameters[index + 1], rows.filler)) ??
      []),
  ];
}

function hintsInSource({ routine, parameters, method }: Pair, uri: string): readonly InlayHint[] {
  return method.parameters.flatMap(({ place }, index): readonly InlayHint[] => {
    const parameter = parameters[index];
    if (place?.kind !== 'source' || place.uri !== uri || !parameter) return [];
    const label = shownLine(`${parameter.name} ${typeText(parameter.type)}${parameter.output ? ' OUTPUT' : ''}`);
    return [{ at: place.span.end, label, tooltip: `Of ${routine.kind} ${objectText(routine.name)}` }];
  });
}

/** Who hands something back is told by OUTPUT. */
function managedText(type: TypeRef): string {
  return shownLine(shortTypeName(type.kind === 'byReference' ? type.element : type));
}
