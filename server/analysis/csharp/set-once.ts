// Static fields that could as well be `readonly`: nothing but their type's initialiser gives them a value, and nothing changes what
// they hold, which would only hide that it is shared.
import type { AssemblyCode, FieldDef } from '../code/model.js';
import { mutableStaticFields } from '../code/registration.js';
import { contentChanges } from '../code/static-content.js';
import { isMutator } from '../knowledge/mutators.js';

const ofThread = 'System.ThreadStaticAttribute';

export function fieldsSetOnce(code: AssemblyCode): ReadonlySet<FieldDef> {
  const { graph } = code;
  const changed = new Set<FieldDef>(contentChanges(code, isMutator).map(({ field }) => field));
  for (const node of graph.nodes.values()) {
    for (const { operations } of node.method.body?.blocks ?? []) {
      for (const operation of operations) {
        if (operation.kind !== 'storeField' && operation.kind !== 'fieldAddress') continue;
        const { definition } = operation.field;
        const isInitial = node.method.name === '.cctor' && node.type === definition?.type;
        if (definition && !isInitial) changed.add(definition.field);
      }
    }
  }
  return new Set(
    mutableStaticFields(code)
      .map(({ field }) => field)
      .filter(
        (field) =>
          !changed.has(field) && !field.compilerGenerated && !field.attributes.some(({ type }) => type === ofThread),
      ),
  );
}
