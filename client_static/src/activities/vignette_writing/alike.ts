/** How much of two texts is the same in the same order: twice the matching letters over all (Ratcliff and Metzener, 1988). */

interface Match {
  a: number;
  b: number;
  size: number;
}

function longest(a: string, b: string): Match {
  let best: Match = { a: 0, b: 0, size: 0 };
  let before = new Array<number>(b.length + 1).fill(0);
  for (let i = 0; i < a.length; i += 1) {
    const row = new Array<number>(b.length + 1).fill(0);
    for (let j = 0; j < b.length; j += 1) {
      if (a[i] !== b[j]) continue;
      const size = (before[j] ?? 0) + 1;
      row[j + 1] = size;
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
    }
    before = row;
  }
  return best;
}

function matching(a: string, b: string): number {
  if (!a || !b) return 0;
  const { a: i, b: j, size } = longest(a, b);
  if (size === 0) return 0;
  return size + matching(a.slice(0, i), b.slice(0, j)) + matching(a.slice(i + size), b.slice(j + size));
}

/** 0 for nothing in common, 1 for the same. */
export function alike(a: string, b: string): number {
  return a.length + b.length === 0 ? 1 : (2 * matching(a, b)) / (a.length + b.length);
}
