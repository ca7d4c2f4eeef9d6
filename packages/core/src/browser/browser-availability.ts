import { findOpeners } from "./opening/find-openers.ts";
import { thisMachine, type BrowserSurroundings } from "./opening/surroundings.ts";

/** Whether a person can be brought to a browser here. */
export interface BrowserAvailability {
  readonly available: boolean;
  /** Why not, in words for a developer. */
  readonly reason?: string;
}

/** Whether `systemBrowser` would find a browser that a person sees. Starts nothing. */
export function browserAvailability(surroundings: Partial<BrowserSurroundings> = {}): BrowserAvailability {
  const search = findOpeners({ ...thisMachine, ...surroundings });
  return search.found ? { available: true } : { available: false, reason: search.reason };
}
