/** What partners write down of what it is about, and what stands when every side has confirmed the same words. */

import { TextField, Written } from "../../documents/field";
import type { OwnPartnership } from "../../protocol/generated";
import { useSession } from "../../session/context";
import { Button } from "../../ui/parts";
import { useField } from "../part";
import { wish } from "../wish";
import type { PartneringProps } from "./wishes";
import { p, whyNot } from "./words";

const TITLE_HARD = 80;
const LINES_HARD = 820;

export function Pact({ session, phase, ours }: Pick<PartneringProps, "session" | "phase"> & { ours: OwnPartnership }) {
  const { page, sides, said = 0, ours: confirmed, agreed } = ours.pact;
  if (agreed) {
    return (
      <section class="panel stack fill pact" aria-labelledby="pact">
        <p class="eyebrow">{p("pact.agreed")}</p>
        <PactRead page={page} id="pact" />
        <Button
          kind="plain"
          onPress={() => {
            const body = { type: "ReopenPact" as const, partnership: ours.partnership };
            void wish({ session, phase, body, refused: whyNot });
          }}
        >
          {p("pact.reopen")}
        </Button>
      </section>
    );
  }
  return (
    <section class="stack wide fill pact" aria-labelledby="pact">
      <div class="stack tight">
        <h2 id="pact">{p("pact.title")}</h2>
        <p class="quiet">{p("pact.lead")}</p>
      </div>
      <TextField page={page} name="issue_title" label={p("pact.issue")} seen="partner" hard={TITLE_HARD} line />
      <TextField
        page={page}
        name="same"
        label={p("pact.same")}
        hint={p("pact.hint")}
        seen="partner"
        hard={LINES_HARD}
      />
      <TextField
        page={page}
        name="different"
        label={p("pact.different")}
        hint={p("pact.hint")}
        seen="partner"
        hard={LINES_HARD}
      />
      <div class="stack tight fill">
        <Button
          kind={confirmed ? "outline" : "primary"}
          large
          onPress={() => void wish({ session, phase, body: { type: "ConfirmPact", page }, refused: whyNot })}
        >
          {p("pact.confirm")}
        </Button>
        <p class="quiet numerals" role="status">
          {confirmed && `${p("pact.ours")}. `}
          {said > 0 && p("pact.waiting", { said, sides })}
        </p>
      </div>
    </section>
  );
}

export function PactRead({ page, id }: { page: string; id?: string }) {
  const session = useSession();
  const [same, different] = [useField(session, page, "same"), useField(session, page, "different")];
  return (
    <div class="stack tight fill">
      <div id={id} class="issue">
        <Written page={page} field="issue_title" />
      </div>
      <div class="two-columns">
        {same.trim() && (
          <div>
            <h3>{p("pact.same")}</h3>
            <Written page={page} field="same" />
          </div>
        )}
        {different.trim() && (
          <div>
            <h3>{p("pact.different")}</h3>
            <Written page={page} field="different" />
          </div>
        )}
      </div>
    </div>
  );
}
