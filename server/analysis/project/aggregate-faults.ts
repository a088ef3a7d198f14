// What SQL Server asks of a class that is bound to an aggregate, and where it is otherwise.
import { isVoid, type MethodDef, type TypeDef } from '../code/model.js';
import { classOf, standsAlone } from './bound-methods.js';
import { serializationFaults, type Fault } from './serialization-faults.js';
import { TypePairs } from './type-pairs.js';
import type { CreateAggregate } from '../tsql/nodes.js';
import type { CodeFault, Project, ScriptFile } from './project.js';

/** Of what one script binds. */
export function aggregateFaults(project: Project, file: ScriptFile): readonly CodeFault[] {
  const found: CodeFault[] = [];
  const pairs = new TypePairs(project);
  for (const routine of project.routinesIn(file)) {
    const { statement, file, externalName, name } = routine;
    if (statement.kind !== 'createAggregate') continue;
    for (const parameter of statement.parameters)
      if (parameter.default)
        found.push({
          uri: file.uri,
          at: parameter.default.span,
          message: `${parameter.name} of an aggregate has a default`,
          sqlErrors: [10726],
        });
    const code = routine.code;
    const type = classOf(routine);
    if (!code || !type) continue;
    const attribute = type.attributes.find(
      (one) => one.type === 'Microsoft.SqlServer.Server.SqlUserDefinedAggregateAttribute',
    );
    const faults = type.isGeneric
      ? [{ what: 'is generic', sqlErrors: [6542] }]
      : attribute
        ? [...serializationFaults(type, attribute, code, project), ...contractFaults(type, statement, pairs)]
        : type.attributes.every((one) => one.type !== '')
          ? [{ what: 'is not marked with SqlUserDefinedAggregate', sqlErrors: [6255] }]
          : [];
    const at = (externalName.className ?? name).span;
    for (const { what, sqlErrors } of faults)
      found.push({ uri: file.uri, at, message: `Class ${type.name} ${what}`, sqlErrors });
  }
  return found;
}

/** Methods that a base has are not seen here. */
function contractFaults(type: TypeDef, { parameters, returns }: CreateAggregate, pairs: TypePairs): readonly Fault[] {
  if (!standsAlone(type)) return [];
  const named = (wanted: string): readonly MethodDef[] =>
    type.methods.filter(({ name, isPublic, isStatic }) => name === wanted && isPublic && !isStatic);
  const does = ({ returns: result }: MethodDef): boolean => isVoid(result) || result.kind === 'unknown';
  const takes = ({ parameters: taken }: MethodDef, count: number): boolean => taken.length === count;
  const ends = named('Terminate').filter((method) => takes(method, 0) && !isVoid(method.returns));
  const missing: Fault[] = [];
  const lack = (what: string): void => void missing.push({ what, sqlErrors: [6558] });
  if (!named('Init').some((method) => takes(method, 0) && does(method))) lack('has no public void Init()');
  if (!named('Accumulate').some((method) => takes(method, parameters.length) && does(method)))
    lack(
      `has no public void Accumulate with ${parameters.length} ${parameters.length === 1 ? 'parameter' : 'parameters'}`,
    );
  if (!named('Merge').some((method) => takes(method, 1) && does(method) && isOf(type, method)))
    lack(`has no public void Merge(${type.name})`);
  if (ends.length === 0) lack('has no public Terminate() that returns a value');
  else if (returns && ends.every((method) => pairs.of(returns, method.returns) === 'other'))
    lack(`has a Terminate() that does not return ${returns.name.last.value}`);
  return missing;
}

function isOf(type: TypeDef, { parameters: [other] }: MethodDef): boolean {
  return other?.type.kind === 'unknown' || (other?.type.kind === 'named' && other.type.name === type.name);
}
