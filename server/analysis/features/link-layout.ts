// Where the nodes of the link graph stand: in columns, from who calls to what is reached, with few crossings.
import type { LinkGraph, ShownNode } from './link-graph.js';

export interface Box {
  readonly column: number;
  /** Of the left edge and of the middle. */
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly columns: readonly { readonly title: string; readonly x: number }[];
  /** In the order of the nodes. */
  readonly boxes: readonly Box[];
  /** In the order of the links: the points that a link goes through between its ends. */
  readonly bends: readonly (readonly { readonly x: number; readonly y: number }[])[];
  readonly width: number;
  readonly height: number;
}

export const box = { width: 196, height: 44 };
const gap = { column: 44, row: 14, bend: 10 };
const margin = { x: 16, top: 38, bottom: 20 };
const sweeps = 6;
/** References that go deeper share the last column. */
const deepest = 4;

/** A node, or a bend of a link on its way through a column. */
interface Cell {
  readonly height: number;
  readonly left: Cell[];
  readonly right: Cell[];
  order: number;
  y: number;
}

export function layoutOf({ nodes, links }: Pick<LinkGraph, 'nodes' | 'links'>): Layout {
  const ranks = ranksOf(nodes, links);
  const used = [...new Set(ranks.map(({ rank }) => rank))].sort((a, b) => a - b);
  const columnOf = new Map(used.map((rank, column) => [rank, column]));
  const columns: Cell[][] = used.map(() => []);
  const placed = ranks.map(({ rank }) => {
    const column = columnOf.get(rank) ?? 0;
    return { column, cell: addTo(columns[column], box.height) };
  });
  const bendCells = links.map(({ from, to }) => {
    const [start, end] = [placed[from], placed[to]];
    if (!start || !end) return [];
    const [left, right] = start.column <= end.column ? [start, end] : [end, start];
    const between: { readonly column: number; readonly cell: Cell }[] = [];
    let last = left.cell;
    for (let column = left.column + 1; column < right.column; column++) {
      const cell = addTo(columns[column], gap.bend);
      tie(last, cell);
      between.push({ column, cell });
      last = cell;
    }
    if (left.column < right.column) tie(last, right.cell);
    return left === start ? between : between.reverse();
  });
  arrange(columns);
  const lowest = Math.max(0, ...columns.flatMap((cells) => cells.map(({ y, height }) => y + height / 2)));
  const xOf = (column: number): number => margin.x + column * (box.width + gap.column);
  return {
    columns: used.map((rank, column) => ({ title: titles[Math.min(rank, lastRank)] ?? '', x: xOf(column) })),
    boxes: placed.map(({ column, cell }) => ({ column, x: xOf(column), y: margin.top + cell.y })),
    bends: bendCells.map((cells) =>
      cells.map(({ column, cell }) => ({ x: xOf(column) + box.width / 2, y: margin.top + cell.y })),
    ),
    width: xOf(used.length) - gap.column + margin.x,
    height: margin.top + lowest + margin.bottom,
  };
}

const firstAssembly = 4;
const lastRank = firstAssembly + deepest + 1;
const titles: readonly string[] = [
  'Scripts',
  'T-SQL',
  'T-SQL',
  'Bound to code',
  'Assemblies',
  ...Array.from({ length: deepest }, () => 'Referenced'),
  'Reached',
];

function ranksOf(nodes: readonly ShownNode[], links: LinkGraph['links']): readonly { readonly rank: number }[] {
  const depths = depthsOf(nodes, links);
  const starts = new Set(links.map(({ from }) => from));
  const isBound = (node: ShownNode | undefined): boolean => node !== undefined && 'externalName' in node;
  const direct = new Set(links.filter(({ to }) => isBound(nodes[to])).map(({ from }) => from));
  return nodes.map((node, index) => {
    switch (node.kind) {
      case 'script':
        return { rank: 0 };
      case 'assembly':
        return { rank: firstAssembly + (depths[index] ?? 0) };
      case 'area':
        return { rank: lastRank };
      case 'table':
        return { rank: starts.has(index) ? 2 : lastRank };
      default:
        return { rank: isBound(node) ? 3 : direct.has(index) ? 2 : 1 };
    }
  });
}

/** How many references lead to an assembly, at most; those that go round are left where they are come to. */
function depthsOf(nodes: readonly ShownNode[], links: LinkGraph['links']): readonly number[] {
  const references = links.filter(({ from, to }) => isAssembly(nodes[from]) && isAssembly(nodes[to]));
  const depths = nodes.map(() => 0);
  for (let round = 0; round < deepest; round++)
    for (const { from, to } of references)
      depths[to] = Math.max(depths[to] ?? 0, Math.min(round + 1, (depths[from] ?? 0) + 1));
  return depths;
}

function isAssembly(node: ShownNode | undefined): boolean {
  return node?.kind === 'assembly';
}

function addTo(column: Cell[] | undefined, height: number): Cell {
  const cell: Cell = { height, left: [], right: [], order: column?.length ?? 0, y: 0 };
  column?.push(cell);
  return cell;
}

function tie(left: Cell, right: Cell): void {
  left.right.push(right);
  right.left.push(left);
}

/** Each column by the middle of what its cells are tied to, over and back; then as near to that as there is room. */
function arrange(columns: readonly Cell[][]): void {
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const forward = sweep % 2 === 0;
    for (const cells of forward ? columns : columns.toReversed()) {
      const weights = new Map(
        cells.map((cell) => [cell, middleOf(forward ? cell.left : cell.right, cell.order, orderOf)]),
      );
      cells.sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0) || a.order - b.order);
      cells.forEach((cell, index) => (cell.order = index));
    }
  }
  for (const cells of columns) spread(cells, (cell) => cell.y);
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const cells of sweep % 2 === 0 ? columns : columns.toReversed())
      spread(cells, (cell) => middleOf([...cell.left, ...cell.right], cell.y, yOf));
  const top = Math.min(...columns.map(([first]) => (first ? first.y - first.height / 2 : 0)));
  for (const cells of columns) for (const cell of cells) cell.y -= top;
}

function orderOf({ order }: Cell): number {
  return order;
}

function yOf({ y }: Cell): number {
  return y;
}

function middleOf(cells: readonly Cell[], otherwise: number, of: (cell: Cell) => number): number {
  return cells.length === 0 ? otherwise : cells.reduce((sum, cell) => sum + of(cell), 0) / cells.length;
}

/** The places nearest to those wished that keep the order and the gaps: cells that are too near move as one (isotonic regression). */
function spread(cells: readonly Cell[], wishOf: (cell: Cell) => number): void {
  let offset = 0;
  const offsets = cells.map((cell, index) => {
    const before = cells[index - 1];
    if (before) offset += (before.height + cell.height) / 2 + gap.row;
    return offset;
  });
  const runs: { sum: number; count: number }[] = [];
  cells.forEach((cell, index) => {
    let run = { sum: wishOf(cell) - (offsets[index] ?? 0), count: 1 };
    for (let last = runs.at(-1); last && last.sum / last.count > run.sum / run.count; last = runs.at(-1)) {
      run = { sum: run.sum + last.sum, count: run.count + last.count };
      runs.pop();
    }
    runs.push(run);
  });
  let index = 0;
  for (const { sum, count } of runs)
    for (let of = 0; of < count; of++, index++) {
      const cell = cells[index];
      if (cell) cell.y = sum / count + (offsets[index] ?? 0);
    }
}
