import { afterEach, beforeEach, describe, expect, test } from "vitest";
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

  test("holds what others write while a letter is being composed, and then has both", () => {
    box.setSelectionRange(10, 10);
    box.dispatchEvent(new Event("compositionstart"));
    type("Our school~");
    expect(text.toString()).toBe("Our school");
    remote((one) => one.insert(0, "Yes. "));
    expect(box.value).toBe("Our school~");
    box.value = "Our schoolő";
    box.dispatchEvent(new Event("compositionend"));
    expect(text.toString()).toBe("Yes. Our schoolő");
    expect(box.value).toBe("Yes. Our schoolő");
    expect(box.selectionStart).toBe(16);
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
