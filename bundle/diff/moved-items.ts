/**
 * Finds the pairs of indexes that are out of order. The pairs of a longest increasing subsequence are in order, so that one item
 * that moves is one move.
 *
 * @param pairs Index in the earlier and in the later list. Both are unique.
 */
export function isMoved(pairs: ReadonlyArray<readonly [number, number]>): readonly boolean[] {
  const order = [...pairs.keys()].sort((one, other) => (pairs[one]?.[0] ?? 0) - (pairs[other]?.[0] ?? 0));
  const later = (pair: number): number => pairs[pair]?.[1] ?? 0;
  // The last pair of the best subsequence of each length, and the pair before each pair.
  const ends: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const pair of order) {
    const length = firstNotBelow(ends, (end) => later(end), later(pair));
    previous.set(pair, length === 0 ? undefined : ends[length - 1]);
    ends[length] = pair;
  }
  const moved = pairs.map(() => true);
  for (let pair = ends.at(-1); pair !== undefined; pair = previous.get(pair)) moved[pair] = false;
  return moved;
}

function firstNotBelow(ends: readonly number[], valueOf: (end: number) => number, value: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueOf(ends[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
