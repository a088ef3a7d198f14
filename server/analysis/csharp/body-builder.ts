// Puts a body together: blocks in the order of the source, labels that are placed later, protected regions.
import type { Block, Body, End, Local, Operand, Operation, Region } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { threadJumps } from './jump-threading.js';

/** Where a branch goes, before it is known which block that is. */
export interface Label {
  block: number | undefined;
}

export type OpenEnd =
  | { readonly kind: 'jump' | 'leave'; readonly to: Label }
  | {
      readonly kind: 'branch';
      readonly operator: string | undefined;
      readonly left: Operand;
      readonly right: Operand | undefined;
      readonly then: Label;
      readonly otherwise: Label;
    }
  | { readonly kind: 'return'; readonly value: Operand | undefined }
  | { readonly kind: 'throw'; readonly value: Operand }
  | { readonly kind: 'endFilter'; readonly value: Operand }
  | { readonly kind: 'rethrow' | 'endFinally' | 'stop' };

export interface OpenBlock {
  readonly operations: Operation[];
  readonly at: number;
  end: (OpenEnd & { readonly at: number }) | undefined;
}

export class BodyBuilder {
  readonly #blocks: OpenBlock[] = [{ operations: [], at: 0, end: undefined }];
  readonly #regions: Region[] = [];
  readonly #locals: Local[] = [];
  readonly #unknown: { at: number; message: string }[] = [];
  #temporaries = 0;

  temporary(): number {
    return this.#temporaries++;
  }

  local(type: TypeRef, name?: string): Operand {
    this.#locals.push({ type, ...(name !== undefined && { name }) });
    return { kind: 'local', index: this.#locals.length - 1 };
  }

  emit(operation: Operation): void {
    this.#current().operations.push(operation);
  }

  unknown(at: number, message: string): void {
    this.#unknown.push({ at, message });
  }

  label(): Label {
    return { block: undefined };
  }

  /** Control comes here by the label, and from above where the block above does not end. */
  place(label: Label, at: number): void {
    const before = this.#current();
    if (before.operations.length > 0 || before.end) {
      this.#open(at);
      before.end ??= { kind: 'jump', at, to: label };
    }
    label.block = this.#blocks.length - 1;
  }

  end(end: OpenEnd, at: number): void {
    const current = this.#current();
    if (!current.end) current.end = { ...end, at };
    this.#open(at);
  }

  /** The index of a block that begins here. */
  boundary(at: number): number {
    const label = this.label();
    const before = this.#current();
    if (before.operations.length === 0 && !before.end && this.#blocks.length > 1) {
      label.block = this.#blocks.length - 1;
      return this.#blocks.length - 1;
    }
    this.#open(at);
    label.block = this.#blocks.length - 1;
    before.end ??= { kind: 'jump', at, to: label };
    return label.block;
  }

  region(region: Region): void {
    this.#regions.push(region);
  }

  /** Whether what comes next can be reached from above. */
  get isOpen(): boolean {
    return this.#current().end === undefined;
  }

  #current(): OpenBlock {
    const last = this.#blocks.at(-1);
    if (!last) throw new Error('A body has a block from the start');
    return last;
  }

  #open(at: number): void {
    this.#blocks.push({ operations: [], at, end: undefined });
  }

  /** `isDeferred`: of an iterator or an async method. */
  build(isDeferred = false): Body {
    threadJumps(this.#blocks);
    const to = (label: Label): number => label.block ?? this.#blocks.length - 1;
    return {
      blocks: this.#blocks.map(({ operations, end, at }, index): Block => ({
        index,
        operations,
        end: closed(end, at, to),
      })),
      regions: this.#regions,
      locals: this.#locals,
      temporaries: this.#temporaries,
      unknown: this.#unknown,
      ...(isDeferred && { isDeferred }),
    };
  }
}

function closed(end: OpenBlock['end'], at: number, to: (label: Label) => number): End {
  if (!end) return { kind: 'return', at, value: undefined };
  switch (end.kind) {
    case 'jump':
    case 'leave':
      return { ...end, to: to(end.to) };
    case 'branch':
      return { ...end, then: to(end.then), otherwise: to(end.otherwise) };
    default:
      return end;
  }
}
