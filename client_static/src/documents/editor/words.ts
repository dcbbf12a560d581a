/** The words of the editor; a language that has its own adds itself here. */

import { editorEn } from "../../locales/editor.en";
import { catalogueOf } from "../../locales/catalogue";

export const { say: w, count: wn } = catalogueOf(editorEn);
