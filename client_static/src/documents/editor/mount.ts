/** One field as a CodeMirror view: plain paragraphs, the device's own spelling and dictation, and no keys taken from Tab. */

import { standardKeymap } from "@codemirror/commands";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import type * as Y from "yjs";
import { budget, oneLine } from "./budget";
import { carets, type Surroundings } from "./carets";
import { shared } from "./sync";

export interface Wishes {
  around: Surroundings;
  label: string;
  describedBy: string;
  hint?: string;
  hard?: number;
  line?: boolean;
  lang?: string;
  full: () => void;
  selected: (selected: boolean) => void;
}

export interface Mounted {
  view: EditorView;
  undo: Y.UndoManager;
  lock: (locked: boolean) => void;
  close: () => void;
}

function attributes({ label, describedBy, line, lang }: Wishes): Extension {
  return EditorView.contentAttributes.of({
    "aria-label": label,
    "aria-describedby": describedBy,
    "aria-multiline": line ? "false" : "true",
    spellcheck: "true",
    autocorrect: "on",
    autocapitalize: "sentences",
    ...(lang ? { lang } : {}),
    ...(line ? { enterkeyhint: "next" } : {}),
  });
}

const locking = (locked: boolean): Extension => [
  EditorState.readOnly.of(locked),
  // Not editable, but still in the tab order: a closed text can be read and copied with the keyboard.
  EditorView.editable.of(!locked),
  locked ? EditorView.contentAttributes.of({ tabindex: "0", "aria-readonly": "true" }) : [],
];

export function mount(parent: HTMLElement, wishes: Wishes, locked: boolean): Mounted {
  const { text } = wishes.around;
  const { extension, undo, close } = shared(text);
  const lock = new Compartment();
  const swallow = keymap.of([{ key: "Enter", run: () => true }]);
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text.toString(),
      extensions: [
        // Without it a pasted carriage return would count here as no letter, and in the shared text as one.
        EditorState.lineSeparator.of("\n"),
        EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, "\n")),
        extension,
        wishes.hard === undefined ? [] : budget(wishes.hard, wishes.full),
        wishes.line ? [oneLine, swallow] : [],
        keymap.of(standardKeymap),
        EditorView.lineWrapping,
        wishes.hint ? placeholder(wishes.hint) : [],
        attributes(wishes),
        carets(wishes.around),
        lock.of(locking(locked)),
        EditorView.updateListener.of((update) => {
          if (update.selectionSet) wishes.selected(!update.state.selection.main.empty);
        }),
      ],
    }),
  });
  return {
    view,
    undo,
    lock: (closed) => {
      const { contentDOM } = view;
      const held = document.activeElement === contentDOM;
      view.dispatch({ effects: lock.reconfigure(locking(closed)) });
      // A browser takes the cursor out of what becomes a field only now: the keys of whoever was quicker would go nowhere.
      if (held) contentDOM.focus({ preventScroll: true });
    },
    close: () => {
      view.destroy();
      close();
    },
  };
}
