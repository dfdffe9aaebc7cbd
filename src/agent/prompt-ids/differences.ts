/** How far a place is looked for at which two lists go on alike. */
const REACH = 64;

/** So many tokens have to be the same for it: single ones are alike by chance. */
const ALIKE = 4;

/** How many of `ours` are not in `theirs` at the same place, by the nearest places at which the two go on alike. */
export function countDifferent(ours: readonly number[], theirs: readonly number[]): number {
  let count = 0;
  let a = 0;
  let b = 0;
  while (a < ours.length && b < theirs.length) {
    if (ours[a] === theirs[b]) {
      a += 1;
      b += 1;
      continue;
    }
    const [skipOurs, skipTheirs] = nearest(ours, a, theirs, b);
    count += skipOurs;
    a += skipOurs;
    b += skipTheirs;
  }
  return count + ours.length - a;
}

/** The fewest tokens to leave out of each until both go on alike; one of each where that is nowhere near. */
function nearest(ours: readonly number[], a: number, theirs: readonly number[], b: number): [number, number] {
  for (let sum = 1; sum <= REACH; sum++) {
    for (let skip = 0; skip <= sum; skip++) {
      const [x, y] = [a + skip, b + sum - skip];
      if (x <= ours.length && y <= theirs.length && isAlike(ours, x, theirs, y)) return [skip, sum - skip];
    }
  }
  return [1, 1];
}

/** The same tokens from here on, as far as looked; the ends of both are alike, too. */
function isAlike(ours: readonly number[], x: number, theirs: readonly number[], y: number): boolean {
  for (let ahead = 0; ahead < ALIKE; ahead++) if (ours[x + ahead] !== theirs[y + ahead]) return false;
  return true;
}
