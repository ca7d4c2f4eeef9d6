import type { DataKey } from "../sealed/data-key.ts";

/** How all records of a folder are sealed at this moment. */
export interface Sealing {
  readonly key: DataKey | undefined;
  /** Whether there may be records from a time without a key. */
  readonly wasPlain: boolean;
}
