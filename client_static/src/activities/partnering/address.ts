/** Where partners meet, as they typed it: a place, or an address of the web that may be followed. */

/** The first address of the web in a line, or null. Only http and https: whatever else a line says stays words. */
export function addressIn(line: string): URL | null {
  for (const word of line.split(/[\s(<«“"]+/)) {
    if (!/^https?:\/\//i.test(word)) continue;
    try {
      return new URL(word.replace(/[),.;:!?>»”']+$/, ""));
    } catch {
      // Half typed.
    }
  }
  return null;
}
