// The outline of a script: its statements of the field, by name.
import { objectText } from '../project/bindings.js';
import type { ScriptFile } from '../project/project.js';
import { oneLine } from '../text/one-line.js';
import type { Identifier, ObjectName, Statement } from '../tsql/nodes.js';
import type { DocumentSymbol } from './feature.js';

export function symbolsOf(file: ScriptFile): readonly DocumentSymbol[] {
  return file.script.batches.flatMap((batch) => batch.statements.flatMap((statement) => symbolOf(statement) ?? []));
}

function symbolOf(statement: Statement): DocumentSymbol | undefined {
  switch (statement.kind) {
    case 'createAssembly':
      return symbol(
        statement,
        statement.name,
        'assembly',
        statement.permissionSet?.value ?? (statement.permissionSet ? '' : 'SAFE'),
      );
    case 'alterAssembly':
      return symbol(statement, statement.name, 'assembly', 'ALTER');
    case 'createProcedure':
    case 'createOrAlterProcedure':
    case 'alterProcedure':
      return symbol(statement, statement.name, 'procedure', externalOf(statement));
    case 'createFunction':
    case 'createOrAlterFunction':
    case 'alterFunction':
      return symbol(statement, statement.name, 'function', externalOf(statement));
    case 'createTrigger':
    case 'createOrAlterTrigger':
    case 'alterTrigger':
      return symbol(statement, statement.name, 'trigger', externalOf(statement));
    case 'createAggregate':
      return symbol(statement, statement.name, 'aggregate', externalOf(statement));
    case 'createTypeUdt':
      return symbol(statement, statement.name, 'type', externalOf(statement));
    case 'createAsymmetricKey':
      return symbol(statement, statement.name, 'key', '');
    case 'createCertificate':
      return symbol(statement, statement.name, 'certificate', '');
    case 'createLogin':
    case 'createUser':
      return symbol(statement, statement.name, 'principal', statement.kind === 'createLogin' ? 'login' : 'user');
    case 'createDatabase':
    case 'alterDatabaseSet':
      return (
        statement.database &&
        symbol(
          statement,
          statement.database,
          'database',
          statement.options.map((option) => `${option.name} ${option.value}`).join(', '),
        )
      );
    default:
      return undefined;
  }
}

function externalOf({
  externalName,
}: {
  readonly externalName?: {
    readonly assembly: Identifier;
    readonly className?: Identifier;
    readonly method?: Identifier;
  };
}): string {
  if (!externalName) return '';
  return [externalName.assembly, externalName.className, externalName.method]
    .flatMap((part) => part?.value ?? [])
    .join('.');
}

function symbol(
  statement: Statement,
  name: Identifier | ObjectName,
  kind: DocumentSymbol['kind'],
  detail: string,
): DocumentSymbol | undefined {
  const text = 'value' in name ? name.value : objectText(name);
  if (text === '') return undefined;
  return { name: oneLine(text), detail: oneLine(detail), kind, span: statement.span, nameSpan: name.span };
}
