/** The few signs of the console: drawn with one stroke, never alone where they are the only word. */

const PATHS = {
  code: "M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM12 12h1.5v1.5M16.5 12v4.5h-4.5",
  people:
    "M7.5 9a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2.5 16c.4-3 2.3-4.5 5-4.5s4.6 1.5 5 4.5M13 4a2.5 2.5 0 0 1 0 4.800M14.5 11.800c1.8.5 2.8 1.9 3 4.2",
  say: "M3.5 4.5h13v9h-7l-3.5 3v-3h-2.5z",
  log: "M5 3.5h10v13h-10zM7.5 7h5M7.5 10h5M7.5 13h3",
  pause: "M7 5v10M13 5v10",
  play: "M7 4.5l8 5.5-8 5.5z",
  up: "M10 15.5v-11M5.5 9l4.5-4.5 4.5 4.5",
  down: "M10 4.5v11M5.5 11l4.5 4.5 4.5-4.5",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  look: "M2.5 10c2-3.5 4.5-5 7.5-5s5.5 1.5 7.5 5c-2 3.5-4.5 5-7.5 5s-5.5-1.5-7.5-5zM10 12.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5z",
  fold: "M12.5 5l-5 5 5 5",
  done: "M4 10.5l4 4 8-9",
} as const;

export type Sign = keyof typeof PATHS;

export function Icon({ name }: { name: Sign }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 20 20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width={name === "more" ? 2.6 : 1.6}
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
