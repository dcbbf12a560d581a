/** Before the day: what to do until people are here, for a trainer who has never seen this. */

import { Button } from "../../ui/parts";
import { joinAddress } from "../address";
import { useDesk } from "../desk";
import type { ModeratorsShown } from "../shown";
import { w } from "../words";

export function Before({ moderators }: { moderators: ModeratorsShown }) {
  const desk = useDesk();
  const { code } = moderators;
  return (
    <section class="before stack">
      <h2 class="part-title">{w("before.title")}</h2>
      <ol class="before-steps">
        <li>{w("before.screen")}</li>
        <li>{w("before.join", { address: new URL(joinAddress(code)).host, code })}</li>
        <li>{w("before.look")}</li>
      </ol>
      <Button onPress={() => (desk.sheet.value = { show: "links" })}>{w("before.links")}</Button>
    </section>
  );
}
