import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { budget, oneLine } from "../src/documents/editor/budget";
import { bringBack, fieldsThen } from "../src/documents/editor/past";
import { BY_HAND, shared } from "../src/documents/editor/sync";

interface Desk {
  doc: Y.Doc;
  text: Y.Text;
  view: EditorView;
  undo: Y.UndoManager;
}

function desk(start: string, ...more: Extension[]): Desk {
  const doc = new Y.Doc();
  const text = doc.getText("t");
  text.insert(0, start);
  const { extension, undo } = shared(text);
  const extensions = [EditorState.lineSeparator.of("\n"), extension, ...more];
  const view = new EditorView({ parent: document.body, state: EditorState.create({ doc: start, extensions }) });
  return { doc, text, view, undo };
}

const types = (view: EditorView, at: number, words: string, to = at): void =>
  view.dispatch({
    changes: { from: at, to, insert: words },
    selection: { anchor: at + words.length },
    userEvent: "input.type",
  });

const shown = (view: EditorView): string => view.state.doc.toString();

describe("an editor", () => {
  let one: Desk;
  beforeEach(() => {
    one = desk("Our school");
  });
  afterEach(() => one.view.destroy());

  const others = (change: (text: Y.Text) => void): void => one.doc.transact(() => change(one.text), "server");
  const composing = (on: boolean): void => {
    Object.defineProperty(one.view, "compositionStarted", { get: () => on, configurable: true });
  };

  test("writes what is typed and shows what others write", () => {
    types(one.view, 4, "small ");
    expect(one.text.toString()).toBe("Our small school");
    others((text) => text.insert(16, " rings"));
    expect(shown(one.view)).toBe("Our small school rings");
  });

  test("holds others' words back while a letter is composed, and loses neither side", async () => {
    composing(true);
    types(one.view, 3, "´");
    others((text) => text.insert(0, "> "));
    others((text) => text.delete(text.length - 6, 6));
    expect(shown(one.view)).toBe("Our´ school");
    types(one.view, 3, "á", 4);
    expect(one.text.toString()).toBe("> Ourá ");
    expect(shown(one.view)).toBe("Ourá school");
    composing(false);
    await expect.poll(() => shown(one.view)).toBe("> Ourá ");
  });

  test("goes on when somebody who listens to the text fails", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const fail = (): never => {
      throw new Error("a listener's defect");
    };
    one.doc.on("update", fail);
    types(one.view, 10, " rings");
    one.doc.off("update", fail);
    await Promise.resolve();
    types(one.view, 16, " twice");
    expect(one.text.toString()).toBe("Our school rings twice");
    expect(shown(one.view)).toBe("Our school rings twice");
    expect(said).toHaveBeenCalledOnce();
    said.mockRestore();
  });

  test("leaves nothing listening to the text when it is closed", () => {
    const { undo, close } = shared(one.text);
    close();
    const asked = vi.spyOn(undo, "stopCapturing");
    one.doc.transact(() => one.text.insert(0, "> "), BY_HAND);
    expect(asked).not.toHaveBeenCalled();
  });

  test("undoes only what was written here", () => {
    types(one.view, 10, " rings");
    others((text) => text.insert(0, "> "));
    one.undo.undo();
    expect(shown(one.view)).toBe("> Our school");
    one.undo.redo();
    expect(shown(one.view)).toBe("> Our school rings");
  });

  test("converges however typing and news are mixed, also in the middle of compositions", async () => {
    let seed = 7;
    const dice = (sides: number): number => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * sides);
    };
    for (let round = 0; round < 400; round += 1) {
      if (dice(10) === 0) composing(dice(2) === 0);
      const letter = "čšžőűäöüß\n"[dice(10)] ?? "x";
      if (dice(2) === 0) {
        const at = dice(shown(one.view).length + 1);
        types(one.view, at, letter, Math.min(shown(one.view).length, at + dice(3)));
      } else {
        others((text) => {
          const at = dice(text.length + 1);
          if (dice(3) === 0 && at < text.length) text.delete(at, 1);
          else text.insert(at, letter);
        });
      }
    }
    composing(false);
    await expect.poll(() => shown(one.view)).toBe(one.text.toString());
  });

  test("brings an earlier version back as new writing, which can be undone", () => {
    const then = Y.encodeStateAsUpdate(one.doc);
    types(one.view, 0, "Not ");
    const fields = fieldsThen(then, ["t"]);
    expect(fields).toEqual({ t: "Our school" });
    one.undo.stopCapturing();
    bringBack(one.doc, fields, BY_HAND);
    expect(shown(one.view)).toBe("Our school");
    one.undo.undo();
    expect(shown(one.view)).toBe("Not Our school");
  });
});

describe("a budget", () => {
  test("cuts what does not fit, counts letters and not bytes, and never touches what stands there", () => {
    const cut: string[] = [];
    const { view, text } = desk(
      "ab",
      budget(5, () => cut.push("full")),
    );
    types(view, 2, "čšžőű");
    expect(shown(view)).toBe("abčšž");
    expect(cut).toEqual(["full"]);
    types(view, 0, "x");
    expect(text.toString()).toBe("abčšž");
    types(view, 0, "", 2);
    expect(text.toString()).toBe("čšž");
  });

  test("is not asked when others write more, and then lets shorten only", () => {
    const { view, doc, text } = desk(
      "abc",
      budget(5, () => undefined),
    );
    doc.transact(() => text.insert(3, "defg"), "server");
    expect(shown(view)).toBe("abcdefg");
    types(view, 0, "x");
    expect(shown(view)).toBe("abcdefg");
    types(view, 0, "", 1);
    expect(shown(view)).toBe("bcdefg");
  });

  test("of one line makes a sentence of pasted paragraphs", () => {
    const { view } = desk("", oneLine);
    types(view, 0, "first\nsecond");
    expect(shown(view)).toBe("first second");
    types(view, 12, "\n");
    expect(shown(view)).toBe("first second");
  });
});
