import { findOpeners } from "./opening/find-openers.ts";
import { noBrowser } from "./opening/no-browser.ts";
import { thisMachine, type BrowserSurroundings } from "./opening/surroundings.ts";

/** Whether a person can be brought to a browser here. */
export interface BrowserAvailability {
  readonly available: boolean;
  /** Where there is none: the `code` and the `detail` of the error that the credential would throw. */
  readonly code?: "browser_unavailable";
  readonly detail?: string;
  /** The reason in words, and what would help. */
  readonly hint?: string;
}

/** Whether `systemBrowser` would find a browser that a person sees. Starts nothing. */
export function browserAvailability(surroundings: Partial<BrowserSurroundings> = {}): BrowserAvailability {
  const search = findOpeners({ ...thisMachine, ...surroundings });
  if (search.found) return { available: true };
  const { code, detail, what, remedy } = noBrowser(search.reason);
  return { available: false, code, detail, hint: `${what}. ${remedy}.` };
}
