/** The address of a space, to copy or to send on: no secret is in it, and only its members' devices open it. */

import { copied } from "../../ui/clipboard";
import { say } from "../../ui/announcer";
import { Button } from "../../ui/parts";
import { p } from "./words";

export const linkOf = (workshop: string, group: string): string =>
  `${location.origin}/w/${encodeURIComponent(workshop)}/with/${encodeURIComponent(group)}`;

export function SpaceLink({ workshop, group }: { workshop: string; group: string }) {
  const url = linkOf(workshop, group);
  // Whoever closes the sheet of their device without sending has said no, and nothing is wrong.
  const share = (): void => void navigator.share({ url }).catch(() => undefined);
  return (
    <section class="stack tight fill way-back" aria-labelledby="way-back">
      <h2 id="way-back">{p("space.link")}</h2>
      <p class="quiet">{p("space.link_do")}</p>
      <p class="address">{url}</p>
      <div class="row">
        <Button onPress={() => void copied(url).then(() => say(p("space.copied")))}>{p("space.copy")}</Button>
        {"share" in navigator && <Button onPress={share}>{p("space.share")}</Button>}
      </div>
    </section>
  );
}
