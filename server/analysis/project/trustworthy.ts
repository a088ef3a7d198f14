// Whether the database that an assembly goes into is TRUSTWORTHY, as far as scripts and project files tell.
// Source: learn.microsoft.com "TRUSTWORTHY database property"; read 2026-11.
import { publishedDatabase, trustworthyByDefault } from '../knowledge/database-options.js';
import { placesOfTrue } from '../packages/places-of-true.js';
import { statementsOf, type Statement } from '../tsql/nodes.js';
import type { Evidence } from './evidence.js';
import { folderOf } from './find-assembly.js';
import { isFilledIn } from './names.js';
import { grouped } from './grouped.js';
import type { Project, ScriptFile } from './project.js';
import { isAhead, isPackaged, runOf } from './run-order.js';
import { sameDatabase, type Step } from './timeline.js';

/** `for a while`: where the statement runs, and no longer at the end of the script. `perhaps`: a script beside it turns it on. */
export interface Trustworthiness {
  readonly is: 'on' | 'off' | 'for a while' | 'perhaps';
  readonly evidence: readonly Evidence[];
}

export type TrustworthinessAt = (file: ScriptFile, statement: Statement) => Trustworthiness;

export function trustworthinessIn(project: Project): TrustworthinessAt {
  const all = project.scriptsWith('alterDatabaseSet', 'createDatabase').flatMap(turnsIn);
  const byRun = grouped(all, ({ file }) => runOf(file.uri));
  const on = all.filter(({ isOn }) => isOn);
  const byFolder = grouped(on, ({ file }) => folderOf(file.uri));
  const byName = grouped(on, ({ file, database }) => keyOf(file, database));
  return (file, statement) => {
    const step = file.timeline.stepOf(statement);
    const database = databaseIn(file, step?.database);
    const own = (byRun.get(runOf(file.uri)) ?? []).filter((turn) => isMeant(turn, database));
    const last = own.at(-1);
    if (last && !last.isOn) {
      const before = step && own.findLast(({ step: turn }) => turn && isAhead(turn, step));
      return before?.isOn ? { is: 'for a while', evidence: [before, last].map(evidenceOf) } : off;
    }
    if (last) return { is: 'on', evidence: [evidenceOf(last)] };
    if (trustworthyByDefault.has(database?.toLowerCase() ?? '')) return { is: 'on', evidence: [] };
    const isOther = (turn: Turn): boolean => turn.file !== file;
    const isKnown = known(database) !== undefined;
    const named = isKnown && byName.get(keyOf(file, database))?.find(isOther);
    if (named) return { is: 'on', evidence: [evidenceOf(named)] };
    for (const projectFile of project.projectFiles) {
      const [place] = placesOfTrue(projectFile, 'Trustworthy');
      if (place && file.uri.startsWith(folderOf(projectFile.uri)))
        return { is: 'on', evidence: [{ uri: place.uri, span: place.span, message: turnedOn }] };
    }
    // One of the two names is not known.
    const possible = isKnown ? byName.get(keyOf(file, undefined)) : byFolder.get(folderOf(file.uri));
    const found = possible?.find(isOther);
    return found ? { is: 'perhaps', evidence: [evidenceOf(found)] } : off;
  };
}

/** A database that scripts of one folder name; all whose names are not known share one. */
function keyOf({ uri }: ScriptFile, database: string | undefined): string {
  return `${folderOf(uri)}\n${known(database) ?? ''}`;
}

const off: Trustworthiness = { is: 'off', evidence: [] };
const turnedOn = 'TRUSTWORTHY is turned on here';

interface Turn {
  readonly file: ScriptFile;
  readonly step: Step | undefined;
  readonly database: string | undefined;
  readonly isOn: boolean;
  readonly span: Evidence['span'];
}

function turnsIn(file: ScriptFile): readonly Turn[] {
  return statementsOf(file.script, 'alterDatabaseSet', 'createDatabase').flatMap((statement) => {
    const { database, options } = statement;
    const option = options.find(({ name }) => name === 'TRUSTWORTHY');
    if (!option) return [];
    const step = file.timeline.stepOf(statement);
    const of = databaseIn(file, database?.value ?? step?.database);
    return [{ file, step, database: of, isOn: option.value === 'ON', span: option.span }];
  });
}

/** Undefined for the one that the script is run in, which a package has a variable for. */
function databaseIn({ uri }: ScriptFile, name: string | undefined): string | undefined {
  return isPackaged(uri) && name?.toLowerCase() === publishedDatabase ? undefined : name;
}

/** In one script or package: what turns it off has to say so of the very database. */
function isMeant({ isOn, database }: Turn, of: string | undefined): boolean {
  return isOn ? canBeOne(database, of) : sameDatabase(database, of) || database?.includes('$(?)') === true;
}

/** Two names of databases, one of them not said or given at run time, can be one. */
function canBeOne(a: string | undefined, b: string | undefined): boolean {
  return known(a) === undefined || known(b) === undefined || known(a) === known(b);
}

/** Undefined for the one that the script is run in, and for one that is named at run time. */
function known(database: string | undefined): string | undefined {
  return database === undefined || isFilledIn(database) ? undefined : database.toLowerCase();
}

function evidenceOf({ file: { uri }, span, isOn }: Turn): Evidence {
  return { uri, span, message: isOn ? turnedOn : 'TRUSTWORTHY is turned off here' };
}
