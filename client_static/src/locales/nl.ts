import type { Catalogue } from "./index";

export const nl: Catalogue = {};
