import { checkNames, type KnownNames } from "../errors/known-names.ts";
import type { Obstacle } from "../surroundings/obstacle.ts";
import { type Surroundings, thisMachine } from "../surroundings/surroundings.ts";
import { findOpeners } from "./opening/find-openers.ts";
import { noBrowser } from "./opening/no-browser.ts";

/** Whether a person can be brought to a browser here. */
export interface BrowserAvailability {
  readonly available: boolean;
  /** Where there is none: the `code` and the `detail` of the error that the credential would throw. */
  readonly code?: "browser_unavailable";
  readonly detail?: string;
  /** What stands in the way: a stable word, such as "ssh" or "ci". */
  readonly obstacle?: Obstacle;
  /** The reason in words, and what would help. */
  readonly hint?: string;
}

const SURROUNDINGS: KnownNames<Surroundings> = {
  platform: true,
  env: true,
  isProgram: true,
  readText: true,
  stderr: true,
  noDesktop: true,
  elevated: true,
  codespaceIn: true,
  keyring: true,
};

/** Whether `systemBrowser` would find a browser that a person sees. Starts nothing. */
export function browserAvailability(surroundings: Partial<Surroundings> = {}): BrowserAvailability {
  checkNames("surroundings", surroundings, SURROUNDINGS);
  const search = findOpeners({ ...thisMachine, ...surroundings });
  if (search.found) return { available: true };
  const { obstacle } = search;
  const { code, detail, what, remedy } = noBrowser(obstacle, search.remedy);
  return { available: false, code, detail, obstacle, hint: `${what}. ${remedy}.` };
}
