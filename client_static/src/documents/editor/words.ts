/** The words of the editor. */

import { editorEn } from "../../locales/editor.en";
import { wordsOf } from "../../locales/island";

export const { w, wn } = wordsOf<Record<keyof typeof editorEn, string>>(editorEn, {
  de: async () => (await import("../../locales/editor.de")).editorDe,
  nl: async () => (await import("../../locales/editor.nl")).editorNl,
  sl: async () => (await import("../../locales/editor.sl")).editorSl,
  hu: async () => (await import("../../locales/editor.hu")).editorHu,
});
