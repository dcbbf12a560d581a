/** How a list that is longer than the large screen is cut into pages: nothing is cut in the middle, none is nearly empty. */

/** Where an item lies in the list laid out at full length, in pixels from its top. */
export interface Laid {
  top: number;
  bottom: number;
}

/** The first item of each page. A page begins with a row: what stands side by side stays together. */
export function pageStarts(items: readonly Laid[], height: number): number[] {
  const greedy = filled(items, height);
  if (greedy.length < 2) return greedy;
  // As many pages, but as evenly as the rows allow: four and three are read more easily than six and one.
  const last = items.at(-1);
  const evenly = last ? Math.ceil(last.bottom / greedy.length) : height;
  for (let tried = evenly; tried < height; tried += Math.max(1, height / 40)) {
    const starts = filled(items, tried);
    if (starts.length === greedy.length) return starts;
  }
  return greedy;
}

function filled(items: readonly Laid[], height: number): number[] {
  const starts: number[] = [];
  let top = -Infinity;
  items.forEach((item, at) => {
    if (starts.length > 0 && item.bottom - top <= height) return;
    const row = items.findIndex((one) => one.top === item.top);
    const start = starts.includes(row) ? at : row;
    starts.push(start);
    top = items[start]?.top ?? item.top;
  });
  return starts;
}
