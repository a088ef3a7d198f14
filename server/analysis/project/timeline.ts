// What a script does, in the order it runs: each statement with the database it runs in, as whom, and whether it surely runs.
import { textOf } from '../tsql/constants.js';
import {
  statementsOf,
  type Execute,
  type ExecuteAs,
  type Script,
  type Statement,
  type StatementKind,
  type StatementOf,
} from '../tsql/nodes.js';
import type { ScriptFile } from './project.js';

export interface Step {
  readonly file: ScriptFile;
  /** Place among the steps of its script, from 0. */
  readonly index: number;
  readonly statement: Statement;
  /** As USE or `EXEC db..sp_executesql` names it; undefined for the database that the script is run in. */
  readonly database: string | undefined;
  /** It stands under IF, ELSE, WHILE or CATCH, or in text that does: it may not run. */
  readonly conditional: boolean;
  /** The EXECUTE AS statement in force. */
  readonly executeAs: ExecuteAs | undefined;
}

/** The statements that run when a script does: executed text is gone into, T-SQL bodies are not. */
export interface Timeline {
  readonly steps: readonly Step[];
  /** Undefined for a statement of a T-SQL body. */
  stepOf(statement: Statement): Step | undefined;
}

/** Those of some kinds, in order: of a script that has none, nothing need be known in order. */
export function stepsOf<K extends StatementKind>(file: ScriptFile, ...kinds: readonly K[]): readonly StepOf<K>[] {
  // The step of a statement has that statement.
  return statementsOf(file.script, ...kinds).flatMap(
    (statement) => (file.timeline.stepOf(statement) as StepOf<K> | undefined) ?? [],
  );
}

type StepOf<K extends StatementKind> = Step & { readonly statement: StatementOf<K> };

export function timelineOf(file: ScriptFile): Timeline {
  const steps: Step[] = [];
  const walk = (script: Script, outside: Setting): void => {
    const setting = { ...outside, impersonated: [...outside.impersonated] };
    for (const { statements } of script.batches) {
      for (const statement of statements) {
        const conditional = outside.conditional || statement.conditional;
        const step: Step = {
          file,
          index: steps.length,
          statement,
          database: setting.database,
          conditional,
          executeAs: setting.impersonated.at(-1),
        };
        steps.push(step);
        if (statement.kind === 'use') setting.database = statement.database.value;
        else if (statement.kind === 'executeAs') setting.impersonated.push(statement);
        else if (statement.kind === 'revert') setting.impersonated.pop();
        else if (statement.kind === 'execute' && statement.executed)
          // A database that executed text changes to is the text's own, and so is whom it becomes.
          walk(statement.executed, {
            ...setting,
            database: databaseOf(script, statement) ?? setting.database,
            conditional,
          });
      }
    }
  };
  walk(file.script, { database: undefined, conditional: false, impersonated: [] });
  const byStatement = new Map(steps.map((step) => [step.statement, step]));
  return { steps, stepOf: (statement) => byStatement.get(statement) };
}

interface Setting {
  database: string | undefined;
  readonly conditional: boolean;
  readonly impersonated: ExecuteAs[];
}

/** Of `EXEC db..sp_executesql` and `EXEC @name` that holds such a name. */
function databaseOf(script: Script, { procedure, variable }: Execute): string | undefined {
  if (procedure) return procedure.parts.length >= 3 ? procedure.parts.at(-3)?.value : undefined;
  const parts = variable && textOf(script, variable)?.split('.');
  return parts && parts.length >= 3 ? parts.at(-3)?.replace(/^\[|\]$/g, '') : undefined;
}

/** Databases compare as SQL names do; two that no statement names are the same one if they are of one script. */
export function sameDatabase(a: string | undefined, b: string | undefined): boolean {
  return a?.toLowerCase() === b?.toLowerCase();
}
