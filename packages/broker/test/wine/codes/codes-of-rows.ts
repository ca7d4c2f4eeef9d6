import { CODE_MEANINGS, CODE_RANGES } from "../../../src/refusals/code-meanings.ts";
import { meaningOfCode } from "../../../src/refusals/facility-meanings.ts";
import type { RefusalMeaning } from "../../../src/refusals/refusal-meaning.ts";

export interface MeantCode {
  readonly code: number;
  readonly meaning: RefusalMeaning;
}

// Of HTTP, and of ADAL's HTTP, URL monikers and WinINet: each carries a status of HTTP in its lower half.
const WITH_HTTP = [0x8019, 0xcaa3, 0xcaa7, 0xcaa8];
const STATUSES = [300, 302, 399, 400, 401, 404, 407, 408, 429, 451, 499, 500, 503, 511, 599];
// What is no status of HTTP there is the network's, but for HTTP itself.
const OF_NETWORK = [0xcaa30000, 0xcaa3ffff, 0xcaa70004, 0xcaa82ee7];
const UNKNOWN = [0x80004005, 0x8000ffff, 0x80190000, 0xdeadbeef, 0x7fffffff, 0xffffffff];

/** Every row of the table of codes, the ends and the middle of every row of numbers, and each family by its own. */
export function codesOfRows(): readonly MeantCode[] {
  const codes = [
    ...CODE_MEANINGS.keys(),
    ...CODE_RANGES.flatMap(([first, last]) => [first, Math.floor((first + last) / 2), last]),
    ...WITH_HTTP.flatMap((facility) => STATUSES.map((status) => facility * 0x1_0000 + status)),
    ...OF_NETWORK,
    ...UNKNOWN,
  ];
  return [...new Set(codes)].map((code) => ({
    code,
    meaning: meaningOfCode(code) ?? { kind: "unexpected" },
  }));
}
