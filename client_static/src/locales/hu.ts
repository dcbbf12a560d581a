import type { Catalogue } from "./index";

export const hu: Catalogue = {};
