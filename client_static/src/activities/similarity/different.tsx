/** What differs, written as carefully as what is the same; and what of the board the room may see. */

import { TextField } from "../../documents/field";
import { usePage } from "../../documents/pages";
import { Button, SeenBy } from "../../ui/parts";
import { wish } from "../wish";
import { type BoardProps, Piles } from "./board";
import { useLines } from "../lines";
import { s, whyNot } from "./words";

const MOST_LINES = 5;
const HARD = 820;

export function ShareBoard({ session, phase, group, ours }: BoardProps) {
  const { shared, board } = ours.body;
  const share = (): void => void wish({ session, phase, body: { type: "ShareBoard", page: board }, refused: whyNot });
  return (
    <section class="share">
      <div class="above-panel">
        <p class="quiet">{shared ? s("share.shared") : s("share.board_do")}</p>
        <SeenBy who={shared ? "room" : "group"} />
      </div>
      <div class="row">
        <Button kind="outline" onPress={share}>
          {shared ? s("share.again") : s("share.board")}
        </Button>
        {shared && (
          <Button
            kind="plain"
            onPress={() => void wish({ session, phase, body: { type: "WithdrawBoard", group }, refused: whyNot })}
          >
            {s("share.withdraw")}
          </Button>
        )}
      </div>
    </section>
  );
}

export function Different(props: BoardProps) {
  const { session, ours } = props;
  const lines = useLines(usePage(session, ours.body.board), "differences");
  return (
    <div class="stack wide similarity">
      <section class="stack tight fill">
        <h2 class="minor">{s("different.piles")}</h2>
        <Piles {...props} />
      </section>
      <TextField
        page={ours.body.board}
        name="differences"
        label={s("different.field")}
        hint={s("different.hint")}
        seen="group"
        hard={HARD}
      />
      {lines.length > MOST_LINES && <p class="problem">{s("different.too_many")}</p>}
      <ShareBoard {...props} />
    </div>
  );
}
