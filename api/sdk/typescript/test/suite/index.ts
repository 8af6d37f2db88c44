/** Every promise of the package, kept the same in every runtime. */

import { avelto } from "./avelto.js";
import { native } from "./native.js";
import type { Cases } from "./world.js";

const named = (group: string, cases: Cases): Cases =>
  Object.fromEntries(Object.entries(cases).map(([name, run]) => [`${group}: ${name}`, run]));

export const cases: Cases = { ...named("native", native), ...named("avelto", avelto) };
