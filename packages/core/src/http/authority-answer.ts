import type { JsonObject } from "../null-prototype-json.ts";

/** A JSON object with the status it came with: 200, or 4xx with the authority's own words. */
export interface AuthorityAnswer {
  readonly status: number;
  /** Without prototypes. When it reports an error, no text in it holds a secret of the request. */
  readonly json: JsonObject;
  header(name: string): string | undefined;
  /** How far the authority's clock is ahead of ours, in ms (negative: behind), when it sent a date. */
  readonly skewInMs?: number;
}
