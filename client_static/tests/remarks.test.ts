import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { letters } from "../src/documents/change";
import { type Remark, hold, leave, passageOf, remark, remarks, roomFor, take } from "../src/documents/editor/remarks";

describe("a remark", () => {
  let doc: Y.Doc;
  let text: Y.Text;

  const only = (): Remark => {
    const [one] = remarks(doc, "situation");
    if (!one) throw new Error("there is no remark");
    return one;
  };
  const passage = (): string | null => {
    const place = passageOf(text, only());
    return place && text.toString().slice(place.from, place.to);
  };
  const made = (words: string, instead?: string): void => {
    const at = text.toString().indexOf(words);
    const said = { field: "situation", by: "p2", words: "Who?", at_ms: 1 };
    remark(doc, hold(text, at, at + words.length), instead === undefined ? said : { ...said, instead }, "r1");
  };

  beforeEach(() => {
    doc = new Y.Doc();
    text = doc.getText("situation");
    text.insert(0, "The lazy colleague stands in the doorway.");
  });

  test("stays on its words when others write before, behind and inside", () => {
    made("lazy colleague");
    text.insert(0, "At eight. ");
    text.insert(text.toString().indexOf("lazy"), "very ");
    text.insert(text.toString().indexOf(" stands"), ", tired,");
    text.insert(text.toString().indexOf("colleague"), "old ");
    expect(passage()).toBe("lazy old colleague");
  });

  test("knows what it was about when its words are gone", () => {
    made("lazy colleague");
    text.delete(text.toString().indexOf("lazy"), "lazy colleague".length);
    expect(passage()).toBeNull();
    expect(only().quote).toBe("lazy colleague");
    expect(take(text, { ...only(), instead: "tired colleague" })).toBe("gone");
  });

  test("replaces its passage when the author takes the suggestion", () => {
    made("lazy", "tired");
    text.insert(0, "> ");
    expect(take(text, only())).toBe("taken");
    expect(text.toString()).toBe("> The tired colleague stands in the doorway.");
    expect(only().state).toBe("taken");
  });

  test("is not taken where the field would hold more than it may, and is when there is room again", () => {
    made("lazy", "tired, sad and hungry");
    expect(take(text, only(), 50)).toBe("too_long");
    expect(text.toString()).toContain("lazy");
    expect(only().state).toBe("open");
    text.delete(text.toString().indexOf(" in the doorway"), " in the doorway".length);
    expect(take(text, only(), 50)).toBe("taken");
    expect(letters(text.toString())).toBeLessThanOrEqual(50);
  });

  test("may always be shorter than its passage, however full the field is", () => {
    expect(roomFor(text, "lazy", 10)).toBe(4);
    expect(roomFor(text, "lazy", 50)).toBe(50 - text.length + 4);
  });

  test("leaves the text as it is when the author leaves it", () => {
    made("lazy", "tired");
    leave(doc, "r1");
    expect(text.toString()).toContain("lazy");
    expect(only().state).toBe("left");
  });

  test("travels with the page, and is no field of it", () => {
    made("lazy");
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    expect(remarks(other, "situation")).toHaveLength(1);
    expect(remarks(other, "stuck")).toHaveLength(0);
  });
});
