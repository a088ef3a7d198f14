// Which rows belong to which: by lists (a type's methods) and by a column that names the owner (a method's attributes).
import { type Column } from './tables.js';

const none: readonly number[] = [];

/**
 * An owner's members go from the row it names to the row the next owner names (ECMA-335 II.22.37). Where rows go
 * backwards, which none may, the earlier owner keeps its members: none has two owners.
 */
export class MemberLists {
  readonly #list: Column;
  readonly #memberCount: number;
  /** From FieldPtr and its like, which a stream `#-` can have: lists name their rows, and those the members. */
  readonly #rows: Uint32Array | undefined;
  #made: Uint32Array | undefined;
  #pointed: { readonly owners: Uint32Array; readonly indexes: Uint32Array } | undefined;

  constructor(list: Column, memberCount: number, pointers: Column) {
    this.#list = list;
    this.#memberCount = memberCount;
    this.#rows = pointers.count > 0 ? pointed(pointers, memberCount) : undefined;
  }

  membersOf(owner: number): readonly number[] {
    const rows: number[] = [];
    for (let at = this.first(owner); at < this.end(owner); at++) {
      const row = this.memberAt(at);
      if (row !== 0) rows.push(row);
    }
    return rows;
  }

  /** Where an owner's part of the list begins, and where it ends. */
  first(owner: number): number {
    return (this.#made ??= this.#starts())[owner] ?? 0;
  }

  end(owner: number): number {
    return (this.#made ??= this.#starts())[owner + 1] ?? 0;
  }

  /** The row that stands at a place of the list; 0 where it points outside. */
  memberAt(at: number): number {
    return this.#rows ? (this.#rows[at] ?? 0) : at;
  }

  /** 0 for a member without owner. */
  ownerOf(member: number): number {
    if (member < 1 || member > this.#memberCount) return 0;
    if (this.#rows) return (this.#pointed ??= this.#pointedMembers()).owners[member] ?? 0;
    let low = 0;
    let high = this.#list.count;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.first(middle) <= member) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Which of its owner's `membersOf` one is. */
  indexOf(member: number): number {
    if (this.#rows) return (this.#pointed ??= this.#pointedMembers()).indexes[member] ?? 0;
    return member - this.first(this.ownerOf(member));
  }

  /** By owner, and one behind the last. */
  #starts(): Uint32Array {
    const owners = this.#list.count;
    const end = this.#rows?.length ?? this.#memberCount + 1;
    const starts = new Uint32Array(owners + 2);
    let start = 1;
    for (let owner = 1; owner <= owners; owner++) {
      start = Math.min(end, Math.max(start, this.#list.at(owner)));
      starts[owner] = start;
    }
    starts[owners + 1] = end;
    return starts;
  }

  #pointedMembers(): { readonly owners: Uint32Array; readonly indexes: Uint32Array } {
    const owners = new Uint32Array(this.#memberCount + 1);
    const indexes = new Uint32Array(this.#memberCount + 1);
    for (let owner = 1; owner <= this.#list.count; owner++) {
      for (const [index, member] of this.membersOf(owner).entries()) {
        owners[member] = owner;
        indexes[member] = index;
      }
    }
    return { owners, indexes };
  }
}

/** From 1. */
function pointed(pointers: Column, memberCount: number): Uint32Array {
  const rows = [0];
  for (let at = 1; at <= pointers.count; at++) rows.push(pointers.at(at));
  return Uint32Array.from(rows, (row) => (row <= memberCount ? row : 0));
}

/** Tables are sorted by the column that names the owner (ECMA-335 II.22); where one is not, its order is made. */
export class OwnedRows {
  readonly #column: Column;
  #made: { readonly keys: Uint32Array; readonly rows: Uint32Array } | undefined;

  constructor(column: Column) {
    this.#column = column;
  }

  /** Of the owner that a token names. */
  rowsOf(owner: number): readonly number[] {
    const column = this.#column;
    if (column.count === 0) return none;
    const key = column.spelled(owner);
    const { keys, rows } = (this.#made ??= sorted(column));
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    if (keys[low] !== key) return none;
    const found: number[] = [];
    for (; keys[low] === key; low++) found.push(rows[low] ?? 0);
    return found;
  }

  firstOf(owner: number): number | undefined {
    const rows = this.rowsOf(owner);
    return rows.length === 0 ? undefined : rows[0];
  }
}

function sorted(column: Column): { readonly keys: Uint32Array; readonly rows: Uint32Array } {
  const keys = new Uint32Array(column.count);
  const rows = new Uint32Array(column.count);
  let isSorted = true;
  for (let index = 0; index < keys.length; index++) {
    const key = column.at(index + 1);
    keys[index] = key;
    rows[index] = index + 1;
    if (index > 0 && key < (keys[index - 1] ?? 0)) isSorted = false;
  }
  if (isSorted) return { keys, rows };
  rows.sort((a, b) => column.at(a) - column.at(b) || a - b);
  return { keys: keys.sort(), rows };
}
