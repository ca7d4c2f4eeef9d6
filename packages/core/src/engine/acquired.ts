import type { AuthenticationRecord } from "../authentication-record.ts";
import type { Flow } from "../flow/flow.ts";
import type { IndexEntry } from "./token-index.ts";

/** A token that is in memory now, and whose it is. */
export interface Acquired {
  readonly entry: IndexEntry;
  readonly account: AuthenticationRecord;
  /** Which flow brought it. */
  readonly flow: Flow;
}
