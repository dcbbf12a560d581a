/** Where we are: the path says which page, the fragment carries secrets and is cleared as soon as it was read. */

import { signal } from "@preact/signals";

export type Place =
  | { page: "home" }
  | { page: "ready" }
  | { page: "join"; code: string }
  | { page: "seat"; token: string }
  | { page: "pin"; code: string }
  | { page: "workshop"; workshop: string; token: string; face: "participant" | "console" | "screen" }
  | { page: "space"; workshop: string; group: string }
  | { page: "nowhere" };

/** A part of an address that somebody mistyped or cut in half is still looked at: it leads to a page that says so. */
function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function placeOf(path: string, fragment: string): Place {
  const [first = "", second = "", third = "", fourth = ""] = path.split("/").filter(Boolean).map(readable);
  const secret = fragment.replace(/^#/, "");
  switch (first) {
    case "":
      return { page: "home" };
    case "ready":
      return { page: "ready" };
    case "j":
    case "join":
      return { page: "join", code: second.toUpperCase() };
    case "s":
      return { page: "seat", token: secret };
    case "pin":
      return { page: "pin", code: second.toUpperCase() };
    case "w":
      if (!second) return { page: "nowhere" };
      if (third === "with" && fourth) return { page: "space", workshop: second, group: fourth };
      return {
        page: "workshop",
        workshop: second,
        token: secret,
        face: third === "console" || third === "screen" ? third : "participant",
      };
    default:
      return { page: "nowhere" };
  }
}

let shown = location.pathname;
export const place = signal<Place>(placeOf(location.pathname, location.hash));

interface Going {
  replace?: boolean;
  /** What the page needs and no address may carry; the browser gives it back after a reload, in this tab alone. */
  state?: unknown;
}

export function go(path: string, { replace, state = null }: Going = {}): void {
  const url = new URL(path, location.origin);
  if (replace) history.replaceState(state, "", url);
  else history.pushState(state, "", url);
  shown = url.pathname;
  place.value = placeOf(url.pathname, url.hash);
  window.scrollTo(0, 0);
}

/** A secret does not stay in the address bar, where the next photograph of the screen would find it. */
export function hideSecret(): void {
  if (location.hash) history.replaceState(null, "", location.pathname);
}

export function listen(): void {
  const look = (): void => {
    // Something that lay over the page was taken away: the page is the same, and so is whose seat it is.
    if (location.pathname === shown && !location.hash) return;
    shown = location.pathname;
    place.value = placeOf(location.pathname, location.hash);
  };
  addEventListener("popstate", look);
  addEventListener("hashchange", look);
}
