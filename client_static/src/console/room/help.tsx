/** Who asks for the moderator, in the order in which they asked, and the word that somebody is on the way. */

import { timeOfDay } from "../../locales";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import type { ModeratorsShown } from "../shown";
import { w } from "../words";
import "./help.css";

export function HelpQueue({ moderators }: { moderators: ModeratorsShown }) {
  const desk = useDesk();
  if (moderators.help.length === 0) return null;
  const calls = [...moderators.help].sort((a, b) => a.at_ms - b.at_ms);
  const groups = desk.board.value?.groups ?? [];
  return (
    <section class="help-queue" aria-label={w("help.queue")} aria-live="polite">
      <h2 class="part-title">{w("help.queue")}</h2>
      <ol>
        {calls.map((call) => {
          const at = groups.find((one) => one.group.members.includes(call.person));
          return (
            <li key={call.person + call.reason}>
              <p>
                <strong>{desk.name(call.person)}</strong>
                <span class="quiet numerals">
                  {at && ` ${w("help.at_table", { n: at.group.table })} ·`}{" "}
                  {w("help.since", { time: timeOfDay(call.at_ms) })}
                  {call.reason === "partner_gone" && ` · ${w("help.gone")}`}
                  {call.group && call.reason !== "partner_gone" && ` · ${w("help.invites")}`}
                </span>
              </p>
              {!desk.forTable(at?.group.table) ? null : call.coming ? (
                <>
                  <span class="quiet">
                    {call.coming === desk.me
                      ? w("help.on_way")
                      : w("help.other_coming", { who: desk.colleague(call.coming) })}
                  </span>
                  <Button
                    class="small-button"
                    onPress={() => void desk.wish({ type: "CancelHelp", person: call.person })}
                  >
                    {w("help.done")}
                  </Button>
                </>
              ) : (
                <Button
                  class="small-button"
                  onPress={() => void desk.wish({ type: "AnswerHelp", person: call.person })}
                >
                  {w("help.come")}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
