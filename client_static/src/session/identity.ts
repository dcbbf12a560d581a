/** Names that no other page load has, made without the parts of `crypto` that plain http on a local network lacks. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
const DEVICE_LETTERS = 20;

export function randomName(letters: number = DEVICE_LETTERS): string {
  const bytes = crypto.getRandomValues(new Uint8Array(letters));
  return Array.from(bytes, (byte) => ALPHABET[byte & 63]).join("");
}
