/** The address of the join page as phones must type it: on the machine of the server itself that is another one. */

import { signal } from "@preact/signals";
import { about } from "../shell/api";

const HERE = ["localhost", "127.0.0.1", "[::1]"];

const base = signal("");
let asked = false;

export function joinAddress(code: string): string {
  if (!asked && HERE.includes(location.hostname)) {
    asked = true;
    about().then(
      ({ join_base }) => (base.value = join_base),
      (error: unknown) => console.info("phones may need another address than this one", error),
    );
  }
  return `${base.value || location.origin}/j/${code}`;
}
