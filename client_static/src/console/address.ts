/** The address of the join page as phones must type it: on the machine of the server itself that is another one. */

import { signal } from "@preact/signals";
import { about } from "../shell/api";

const base = signal("");
let asked = false;

export function joinAddress(code: string): string {
  if (!asked) {
    asked = true;
    about().then(
      ({ join_base }) => (base.value = join_base),
      (error: unknown) => {
        asked = false;
        console.info("phones may need another address than this one", error);
      },
    );
  }
  return `${base.value || location.origin}/j/${code}`;
}
