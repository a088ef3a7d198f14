// Which node every way to another goes through last: immediate dominators, by Cooper, Harvey and Kennedy,
// "A Simple, Fast Dominance Algorithm".

/** Of each node, by number; of the first it is itself, of one that cannot be reached -1. `order` is reverse postorder. */
export function dominatorsOf(
  order: readonly number[],
  predecessors: readonly (readonly number[])[],
  maximumRounds = Infinity,
): ArrayLike<number> {
  const place = new Int32Array(predecessors.length);
  order.forEach((node, index) => (place[node] = index));
  const above = new Int32Array(predecessors.length).fill(-1);
  above[0] = 0;
  for (let isChanged = true, round = 0; isChanged && round < maximumRounds; round++) {
    isChanged = false;
    for (const node of order) {
      if (node === 0) continue;
      let common = -1;
      for (const from of predecessors[node] ?? [])
        if ((above[from] ?? -1) >= 0) common = common < 0 ? from : meet(common, from);
      if (common === above[node]) continue;
      above[node] = common;
      isChanged = true;
    }
  }
  return above;

  function meet(one: number, other: number): number {
    let [a, b] = [one, other];
    while (a !== b) {
      if ((place[a] ?? 0) > (place[b] ?? 0)) a = above[a] ?? 0;
      else b = above[b] ?? 0;
    }
    return a;
  }
}
