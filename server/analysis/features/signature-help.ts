// At a call of a managed routine its parameters, and at EXTERNAL NAME the method: with what the code behind it needs.
import { memberName, type MethodDef, type TypeDef } from '../code/model.js';
import { shortTypeName } from '../code/names.js';
import { createdAs, objectText } from '../project/bindings.js';
import { sameName } from '../project/names.js';
import type { BoundRoutine, DeployedAssembly, Project, ScriptFile } from '../project/project.js';
import { strongestOf } from '../project/requirements.js';
import { RoutineNeeds } from '../project/routine-needs.js';
import { entriesOf } from '../project/routine-reach.js';
import { schemaOf } from '../project/schema-owners.js';
import { typeText } from '../project/type-pairs.js';
import { shownLine } from '../text/shown.js';
import { callAt } from '../tsql/call-at.js';
import type { Parameter } from '../tsql/nodes.js';
import { code } from './markdown.js';
import { boundMembers, externalPartAt } from './members.js';
import { more, neededMarkdown, reasonMarkdown } from './needs-markdown.js';

export interface Signature {
  /** Of one line, escaped. */
  readonly label: string;
  /** Each a part of the label. */
  readonly parameters: readonly SignatureParameter[];
  /** In Markdown. */
  readonly documentation: string;
  /** Which of the parameters; undefined where the caret is at none. */
  readonly active: number | undefined;
}

interface SignatureParameter {
  readonly label: string;
  readonly documentation: string;
}

export function signatureAt(project: Project, file: ScriptFile, offset: number): Signature | undefined {
  const part = externalPartAt(project, file.uri, offset);
  if (part) return part.part === 'method' ? ofMethod(project, part.routine) : undefined;
  const call = callAt(file.text, file.script, offset);
  const routine = call && routineNamed(project, call.name, call.isExecuted);
  return call && routine && ofRoutine(project, routine, call.argument, call.argumentName);
}

function routineNamed({ routines }: Project, parts: readonly string[], isExecuted: boolean): BoundRoutine | undefined {
  const [last = '', schema = 'dbo'] = parts.toReversed();
  const [only, ...others] = routines.filter(
    ({ kind, name }) =>
      (kind === 'procedure') === isExecuted &&
      kind !== 'trigger' &&
      kind !== 'type' &&
      sameName(name.last.value, last) &&
      sameName(schemaOf(name), schema === '' ? 'dbo' : schema),
  );
  return others.every(({ kind }) => kind === only?.kind) ? only : undefined;
}

function ofRoutine(
  project: Project,
  routine: BoundRoutine,
  argument: number,
  argumentName: string | undefined,
): Signature {
  const { statement, kind, name } = routine;
  const declared = 'parameters' in statement ? statement.parameters : [];
  const method = project.boundMethods.find((one) => one.routine === routine)?.method;
  const parameters = declared.map((parameter, index) => ({
    label: parameterText(parameter),
    documentation: documentationOf(method?.parameters[index]),
  }));
  const list = parameters.map(({ label }) => label).join(', ');
  const label = shownLine(objectText(name)) + (kind === 'procedure' ? ` ${list}` : `(${list})${resultText(routine)}`);
  const named = argumentName === undefined ? -1 : declared.findIndex((one) => sameName(one.name, argumentName));
  const active = argumentName === undefined ? argument : named;
  return {
    label,
    parameters,
    documentation: codeMarkdown(project, routine),
    active: active >= 0 && active < parameters.length ? active : undefined,
  };
}

function parameterText({ name, type, output, default: otherwise }: Parameter): string {
  return shownLine(`${name} ${typeText(type)}${otherwise ? ' = …' : ''}${output ? ' OUTPUT' : ''}`);
}

function resultText({ statement }: BoundRoutine): string {
  if (statement.kind === 'createAggregate')
    return statement.returns ? ` RETURNS ${shownLine(typeText(statement.returns))}` : '';
  const returns = 'returns' in statement ? statement.returns : undefined;
  if (!returns) return '';
  return returns.kind === 'table' ? ' RETURNS TABLE' : ` RETURNS ${shownLine(typeText(returns.type))}`;
}

function ofMethod(project: Project, routine: BoundRoutine): Signature | undefined {
  const [member] = boundMembers(project, routine);
  const [method] = member?.methods ?? [];
  if (!member || !method) return undefined;
  const parameters = method.parameters.map((one) => ({
    label: shownLine(`${managedText(one)} ${one.name}`),
    documentation: '',
  }));
  const label = `${shownLine(shortTypeName(method.returns))} ${shownLine(method.name)}(${parameters.map((one) => one.label).join(', ')})`;
  return { label, parameters, documentation: codeMarkdown(project, routine), active: undefined };
}

function documentationOf(managed: MethodDef['parameters'][number] | undefined): string {
  return managed ? `${code(managedText(managed))} in managed code` : '';
}

function managedText({ type, isOut }: MethodDef['parameters'][number]): string {
  if (type.kind !== 'byReference') return shortTypeName(type);
  return `${isOut ? 'out' : 'ref'} ${shortTypeName(type.element)}`;
}

/** Which code runs, what it needs and is declared to have, and why. */
function codeMarkdown(project: Project, routine: BoundRoutine): string {
  const [member] = boundMembers(project, routine);
  if (!member) return '';
  const [method] = member.methods ?? [];
  const name = method ? memberName(member.type, method) : member.type.name;
  return [
    `Runs ${code(name)} of assembly ${code(member.assembly.name)}`,
    ...needsOf(project, member.assembly, member.type, method).map((line) => `- ${line}`),
  ].join('\n');
}

function needsOf(
  project: Project,
  assembly: DeployedAssembly,
  type: TypeDef,
  method: MethodDef | undefined,
): readonly string[] {
  const requirements = project.requirementsOf(assembly);
  if (!requirements || !assembly.code) return [];
  const entries = entriesOf(requirements).filter(
    (entry) => entry.type === type && (!method || entry.method === method),
  );
  if (entries.length === 0) return [];
  const { reasons } = new RoutineNeeds(assembly.code, requirements).of(entries);
  const told = reasons.slice(0, mostReasons).map(reasonMarkdown);
  return [
    neededMarkdown(strongestOf(reasons), createdAs(project, assembly).permissionSet),
    ...told.map((text, index) =>
      index === told.length - 1 ? text + more(reasons.length - told.length, 'reason') : text,
    ),
  ];
}

const mostReasons = 3;
