import type { Catalogue } from "./index";

export const sl: Catalogue = {};
