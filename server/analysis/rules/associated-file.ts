import { constantOf, textOf } from '../tsql/constants.js';
import type { AddedFile, AlterAssembly, Script } from '../tsql/nodes.js';
import { isFilledIn } from '../project/names.js';
import type { ScriptFile } from '../project/project.js';
import type { CatalogObject } from '../project/catalog.js';
import { stepsOf, type Step } from '../project/timeline.js';
import type { ReportSpan, ScriptRule } from './rule.js';

/** sys.assembly_files.name is nvarchar(260). */
const longestName = 260;

export const associatedFile: ScriptRule = {
  name: 'associated-file',
  summary: 'SQL Server refuses to add or drop the file, or to change the assembly while the file is there.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6217, 6236, 6249, 6250, 6251, 6252, 6541],
  on: 'script',
  check(file, report) {
    const known = new Map<CatalogObject, Files>();
    for (const step of stepsOf(file, 'alterAssembly')) {
      const { statement } = step;
      const { object, is } = file.catalog.before(step, 'assembly', statement.name.value);
      let files = object && known.get(object);
      if (object && !files) known.set(object, (files = { names: new Map(), isWhole: startsEmpty(object) }));
      // What was there before the script is not known, nor is what may have been done.
      const sure = is === 'present' ? files : undefined;
      checkAlter(file, step, statement, sure, report);
      if (files) follow(file.script, step, statement, files);
    }
  },
};

interface Files {
  /** In lower case, with whether it is there for sure. */
  readonly names: Map<string, boolean>;
  /** These are all that can be there. */
  isWhole: boolean;
}

/** Created for sure, from bytes: from a path the assembly itself is a file of that name. */
function startsEmpty({ created }: CatalogObject): boolean {
  return created !== undefined && !created.conditional;
}

function checkAlter(
  { script, catalog }: ScriptFile,
  step: Step,
  { name, from, dropFiles, addFiles }: AlterAssembly,
  files: Files | undefined,
  report: ReportSpan,
): void {
  if (from && files && !dropFiles && [...files.names.values()].includes(true))
    report(from.span, `Assembly ${name.value} has associated files, which are to be dropped first`, {
      sqlErrors: [6541],
    });
  const created = catalog.objectOf(step.statement)?.created?.statement;
  const own = created?.kind === 'createAssembly' ? created.from.map((one) => textOf(script, one)) : [undefined];
  const isFromBytes = own.every((path) => path === undefined) && created !== undefined;
  for (const dropped of dropFiles?.names ?? []) {
    if (files?.isWhole && isFromBytes && !files.names.has(dropped.value.toLowerCase()))
      report(dropped.span, `Assembly ${name.value} has no file ${dropped.value}`, { sqlErrors: [6250] });
  }
  const dropped = new Set(dropFiles?.names.map(({ value }) => value.toLowerCase()));
  for (const added of addFiles) {
    const fault = faultOf(script, added);
    if (fault) report(fault.span, fault.message, { sqlErrors: [fault.error] });
    const path = nameOf(script, added);
    const isThere = path !== undefined && files?.names.get(path) === true;
    if (isThere && !from && !dropFiles?.all && !dropped.has(path))
      report(added.as?.span ?? added.span, `Assembly ${name.value} already has a file of this name`, {
        sqlErrors: [6249],
      });
  }
}

interface Fault extends Pick<AddedFile, 'span'> {
  readonly message: string;
  readonly error: number;
}

function faultOf(script: Script, { source, as, span }: AddedFile): Fault | undefined {
  const constant = constantOf(script, source);
  if (source.kind === 'number' || (source.kind === 'other' && source.text.toUpperCase() === 'NULL'))
    return { span: source.span, message: 'A file is given as a path or as bytes', error: 6251 };
  if (constant?.kind === 'binary' && constant.pieces.every(({ raw }) => raw === ''))
    return { span: source.span, message: 'The file is empty', error: 6217 };
  if (constant?.kind === 'binary' && !as)
    return { span, message: 'A file that is given as bytes has no name', error: 6252 };
  if (as && as.value.length > longestName)
    return { span: as.span, message: `The name has more than ${longestName} characters`, error: 6236 };
  return undefined;
}

/** In lower case; undefined where it is not known. */
function nameOf(script: Script, { source, as }: AddedFile): string | undefined {
  const name = as?.value ?? textOf(script, source);
  return name === undefined || isFilledIn(name) ? undefined : name.toLowerCase();
}

function follow(
  script: Script,
  { conditional }: Step,
  { from, dropFiles, addFiles }: AlterAssembly,
  files: Files,
): void {
  // FROM without ADD FILE drops the files; with files it is refused.
  const isGone = dropFiles?.all || (from && addFiles.length === 0);
  for (const name of isGone
    ? [...files.names.keys()]
    : (dropFiles?.names.map(({ value }) => value.toLowerCase()) ?? []))
    if (conditional) files.names.set(name, false);
    else files.names.delete(name);
  if (dropFiles?.all && !conditional) files.isWhole = true;
  for (const added of addFiles) {
    const name = nameOf(script, added);
    if (name === undefined) files.isWhole = false;
    else files.names.set(name, !conditional);
  }
}
