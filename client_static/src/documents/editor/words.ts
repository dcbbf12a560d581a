/** The words of the editor; a language that has its own adds itself here. */

import { editorEn } from "../../locales/editor.en";
import { wordsOf } from "../../locales/island";

export const { w, wn } = wordsOf<Record<keyof typeof editorEn, string>>(editorEn, {});
