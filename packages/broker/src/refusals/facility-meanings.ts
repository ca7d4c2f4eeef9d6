import { BUSY, CODE_MEANINGS, CODE_RANGES, NO_NETWORK } from "./code-meanings.ts";
import type { RefusalMeaning } from "./refusal-meaning.ts";

const FACILITY_HTTP = 0x8019;
/** Of ADAL: HTTP, URL monikers, WinINet. A status of HTTP was seen in each, and what is none is the network's. */
const FACILITIES_OF_ADAL: ReadonlySet<number> = new Set([0xcaa3, 0xcaa7, 0xcaa8]);

/** What a code means: by its own row, by the row of codes that it stands in, or by who gave up and that one's number. */
export function meaningOfCode(code: number): RefusalMeaning | undefined {
  return (
    CODE_MEANINGS.get(code) ??
    CODE_RANGES.find(([first, last]) => first <= code && code <= last)?.[2] ??
    meaningByFacility(code)
  );
}

/** The HTTP status that a code carries, if any. */
export function httpStatusIn(code: number | undefined): number | undefined {
  if (code === undefined) return undefined;
  const facility = code >>> 16;
  const status = code & 0xffff;
  const carries = facility === FACILITY_HTTP || FACILITIES_OF_ADAL.has(facility);
  return carries && status >= 300 && status <= 599 ? status : undefined;
}

function meaningByFacility(code: number): RefusalMeaning | undefined {
  const status = httpStatusIn(code);
  if (status !== undefined) return meaningOfHttpStatus(status);
  return FACILITIES_OF_ADAL.has(code >>> 16) ? NO_NETWORK : undefined;
}

/** The answer came, so there is a network: what it says counts. */
function meaningOfHttpStatus(status: number): RefusalMeaning {
  if (status === 407) return { kind: "proxy_sign_in" };
  // A captive portal sends elsewhere, or says that it is one: the answer is not the authority's.
  if (status < 400 || status === 511) return NO_NETWORK;
  return status >= 500 || status === 408 || status === 429 ? BUSY : { kind: "http_refused" };
}
