/** Everything that is said is heard: nothing takes the place of what came just before it. */

import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { announce, Announcer, say } from "../src/ui/announcer";

beforeEach(() => {
  vi.useFakeTimers();
  void act(() => render(<Announcer />, document.body));
});

afterEach(() => {
  void act(() => void vi.runAllTimers());
  render(null, document.body);
  vi.useRealTimers();
});

const heard = (): (string | null)[] =>
  [...document.querySelectorAll("[aria-live] > *")].map((line) => line.textContent);

test("a message of the moderator is not swallowed by the clock", () => {
  void act(() => announce("The moderator. Please look up."));
  const [message] = document.querySelectorAll("[aria-live] > *");
  void act(() => announce("less than a minute"));
  expect(heard()).toEqual(["The moderator. Please look up.", "less than a minute"]);
  // The same element: a line that is drawn anew would be read a second time.
  expect(document.querySelector("[aria-live] > *")).toBe(message);
});

test("what stands there already is not said twice, and later it can be said again", () => {
  void act(() => {
    announce("Saved");
    announce("Saved");
  });
  expect(heard()).toEqual(["Saved"]);
  void act(() => void vi.advanceTimersByTime(60_000));
  expect(heard()).toEqual([]);
  void act(() => announce("Saved"));
  expect(heard()).toEqual(["Saved"]);
});

test("what is shown for a moment is heard, too", () => {
  void act(() => {
    say("The groups are formed.");
    announce("Interviews");
  });
  expect(heard()).toEqual(["The groups are formed.", "Interviews"]);
  expect(document.querySelector(".toast")?.textContent).toBe("The groups are formed.");
});
