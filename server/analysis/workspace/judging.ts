// What rules find in the files as they are now. Where sources have only moved since the rules last looked, what they found then moves along.
import type { movedFindings } from '../features/moved-findings.js';
import type { CodeMemory } from '../project/code-memory.js';
import type { Project, ScriptFile, Server } from '../project/project.js';
import type { Piece, RuleMemory } from '../rules/rule-memory.js';
import type { Finding } from '../rules/rule.js';
import type { WorkspaceFiles } from './files.js';

type ByFile = ReadonlyMap<string, readonly Finding[]>;

/** Of one set of rules and one server. */
export class Judging {
  readonly #found: RuleMemory;
  readonly #server: Server;
  readonly #memory: CodeMemory;
  #shown: { readonly project: Project; readonly found: ByFile } | undefined;

  constructor(found: RuleMemory, server: Server, memory: CodeMemory) {
    this.#found = found;
    this.#server = server;
    this.#memory = memory;
  }

  /** With what rules have found. */
  copy(server: Server): Judging {
    return new Judging(this.#found, server, this.#memory);
  }

  *preparing(files: WorkspaceFiles): Generator<void> {
    for (const piece of this.#found.preparing(this.#judged(files).project)) {
      piece.find();
      yield;
    }
  }

  pieces(files: WorkspaceFiles): Iterable<Piece> {
    return this.#found.pieces(this.#judged(files).project);
  }

  /** By file: what rules about project files, about code and about the project find. */
  analysis(files: WorkspaceFiles, move: typeof movedFindings): ByFile {
    const { project, moves } = this.#judged(files);
    const found = this.#shown?.project === project ? this.#shown.found : this.#found.ofProject(project);
    this.#shown = { project, found };
    // Whether it holds hangs on what rules have asked for.
    if (this.#judged(files).project !== project) return this.analysis(files, move);
    return new Map(moves.size === 0 ? found : move(found, moves));
  }

  /** List by list, what rules find that look at one script, alone and with the project around it. */
  ofScript(file: ScriptFile, files: WorkspaceFiles, move: typeof movedFindings): readonly (readonly Finding[])[] {
    const { project, moves } = this.#judged(files);
    const placed = this.#found.ofScript(file, project);
    if (this.#judged(files).project !== project) return this.ofScript(file, files, move);
    const now = moves.size === 0 ? placed : move(new Map([[file.uri, placed]]), moves).get(file.uri);
    return [this.#found.ofFile(file), now ?? placed];
  }

  #judged(files: WorkspaceFiles): ReturnType<WorkspaceFiles['judged']> {
    return files.judged(this.#server, this.#memory);
  }
}
