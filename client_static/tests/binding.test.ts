import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { bind } from "../src/documents/binding";
import { changeOf, letters, moved } from "../src/documents/change";

function applied(before: string, change: ReturnType<typeof changeOf>): string {
  if (!change) return before;
  return before.slice(0, change.at) + change.inserted + before.slice(change.at + change.removed);
}

describe("a change", () => {
  test.each([
    ["", "a"],
    ["abc", "abXc"],
    ["abc", ""],
    ["aaa", "aaaa"],
    ["hello world", "help world"],
    ["😀", "😁"],
    ["a😀b", "a😀😀b"],
    ["č", "čš"],
  ])("from %j to %j gives exactly that", (before, after) => {
    expect(applied(before, changeOf(before, after))).toBe(after);
  });

  test("in a row of equal letters happens where the caret is", () => {
    expect(changeOf("aaaa", "aaaaa", 2)).toEqual({ at: 1, removed: 0, inserted: "a" });
  });

  test("never cuts a pair in half", () => {
    expect(changeOf("😀", "😁", 2)).toEqual({ at: 0, removed: 2, inserted: "😁" });
  });

  test("of others moves a position behind it and leaves one before it", () => {
    expect(moved(5, [{ retain: 2 }, { insert: "xyz" }])).toBe(8);
    expect(moved(1, [{ retain: 2 }, { insert: "xyz" }])).toBe(1);
    expect(moved(5, [{ retain: 1 }, { delete: 10 }])).toBe(1);
    expect(moved(2, [{ retain: 2 }, { insert: "x" }])).toBe(2);
  });

  test("is counted in letters, not in bytes", () => {
    expect(letters("čšž😀")).toBe(4);
    expect(letters("e\u0301")).toBe(1);
  });
});

describe("a field", () => {
  let doc: Y.Doc;
  let text: Y.Text;
  let box: HTMLTextAreaElement;
  let unbind: () => void;

  const type = (value: string, caret: number = value.length): void => {
    box.value = value;
    box.setSelectionRange(caret, caret);
    box.dispatchEvent(new Event("input"));
  };
  const remote = (change: (text: Y.Text) => void): void => doc.transact(() => change(text), "server");

  beforeEach(() => {
    doc = new Y.Doc();
    text = doc.getText("t");
    text.insert(0, "Our school");
    box = document.createElement("textarea");
    document.body.append(box);
    box.focus();
    unbind = bind(text, box, { hard: 24 });
  });
  afterEach(() => {
    unbind();
    box.remove();
  });

  test("shows the text and writes what is typed", () => {
    expect(box.value).toBe("Our school");
    type("Our small school", 9);
    expect(text.toString()).toBe("Our small school");
  });

  test("keeps the caret where it was when others write before it", () => {
    box.setSelectionRange(3, 3);
    remote((one) => one.insert(0, "> "));
    expect(box.value).toBe("> Our school");
    expect(box.selectionStart).toBe(5);
  });

  test("writes every stage of a composed letter at once, and holds what others write until it is finished", () => {
    box.setSelectionRange(10, 10);
    box.dispatchEvent(new Event("compositionstart"));
    type("Our school~");
    expect(text.toString()).toBe("Our school~");
    remote((one) => one.insert(0, "Yes. "));
    expect(box.value).toBe("Our school~");
    type("Our schoolő");
    expect(text.toString()).toBe("Yes. Our schoolő");
    expect(box.value).toBe("Our schoolő");
    box.dispatchEvent(new Event("compositionend"));
    expect(text.toString()).toBe("Yes. Our schoolő");
    expect(box.value).toBe("Yes. Our schoolő");
    expect(box.selectionStart).toBe(16);
  });

  test("keeps what others write into the middle of the word that is composed", () => {
    box.dispatchEvent(new Event("compositionstart"));
    type("Our schoo", 9);
    remote((one) => one.insert(6, "<they>"));
    type("Our schön", 9);
    box.dispatchEvent(new Event("compositionend"));
    expect(text.toString()).toBe(box.value);
    expect(text.toString()).toContain("<they>");
    expect(text.toString().replace("<they>", "")).toBe("Our schön");
  });

  test("shows what others wrote when a composition has rested for long", () => {
    vi.useFakeTimers();
    box.dispatchEvent(new Event("compositionstart"));
    type("Our schools");
    remote((one) => one.insert(0, "Yes. "));
    expect(box.value).toBe("Our schools");
    vi.advanceTimersByTime(4_500);
    expect(box.value).toBe("Yes. Our schools");
    vi.useRealTimers();
  });

  test("takes no more than its limit in a composition either, and shows that when it is finished", () => {
    box.dispatchEvent(new Event("compositionstart"));
    type(`Our school${"č".repeat(20)}`);
    expect(letters(text.toString())).toBe(24);
    expect(box.value).toBe(`Our school${"č".repeat(20)}`);
    box.dispatchEvent(new Event("compositionend"));
    expect(box.value).toBe(text.toString());
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("agrees with the text after composing against others, seed %i", (seed) => {
    let state = seed * 7919;
    const dice = (sides: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return Math.floor((state / 0x7fffffff) * sides) % sides;
    };
    unbind();
    unbind = bind(text, box);
    let [mine, theirs] = [0, 0];
    for (let round = 0; round < 60; round += 1) {
      box.dispatchEvent(new Event("compositionstart"));
      for (let step = 0; step < 4; step += 1) {
        const at = dice(box.value.length + 1);
        if (dice(3) > 0) {
          type(`${box.value.slice(0, at)}m${box.value.slice(at)}`, at + 1);
          mine += 1;
        }
        if (dice(2) === 0) {
          remote((one) => one.insert(dice(one.length + 1), "T"));
          theirs += 1;
        }
      }
      box.dispatchEvent(new Event("compositionend"));
      expect(box.value).toBe(text.toString());
    }
    expect([...text.toString()].filter((letter) => letter === "m")).toHaveLength(mine);
    expect([...text.toString()].filter((letter) => letter === "T")).toHaveLength(theirs);
  });

  test("goes on when somebody who listens to the text fails", () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const fail = (): never => {
      throw new Error("a listener's defect");
    };
    text.observe(fail);
    type("Our schools");
    text.unobserve(fail);
    type("Our schools!");
    expect(text.toString()).toBe("Our schools!");
    expect(said).toHaveBeenCalledOnce();
    said.mockRestore();
  });

  test("shows what came during a composition that was given up", () => {
    box.dispatchEvent(new Event("compositionstart"));
    remote((one) => one.insert(0, "Yes. "));
    box.dispatchEvent(new Event("compositionend"));
    expect(box.value).toBe("Yes. Our school");
  });

  test("keeps a composed letter when others delete around it", () => {
    box.setSelectionRange(4, 4);
    box.dispatchEvent(new Event("compositionstart"));
    remote((one) => one.delete(0, 10));
    box.value = "Our šschool";
    box.setSelectionRange(5, 5);
    box.dispatchEvent(new Event("compositionend"));
    expect(text.toString()).toBe("š");
    expect(box.value).toBe("š");
  });

  test("takes no more letters than its limit, from a paste as well", () => {
    type(`Our school${"č".repeat(40)}`);
    expect(letters(text.toString())).toBe(24);
    expect(box.value).toBe(text.toString());
  });
});
