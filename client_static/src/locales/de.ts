import type { Catalogue } from "./index";

export const de: Catalogue = {};
