import {
  BUSY,
  FACILITY_MEANINGS,
  NETWORK_ERRORS,
  NO_NETWORK,
  type RefusalMeaning,
} from "./status-meanings.ts";

/** What the upper half of a code says of its lower half. */
const FACILITIES = {
  http: 0x8019,
  win32: 0x8007,
  /** Of ADAL: HTTP, URL monikers, WinINet. A status of HTTP was seen in each. */
  adal: [0xcaa3, 0xcaa7, 0xcaa8],
} as const;

/** What a code without a row of its own means: by who gave up, and by that one's own number. */
export function meaningByFacility(code: number): RefusalMeaning | undefined {
  const facility = code >>> 16;
  const number = code & 0xffff;
  if (facility === FACILITIES.http) return meaningOfHttpStatus(number);
  if (facility === FACILITIES.win32) return isNetworkError(number) ? NO_NETWORK : undefined;
  if ((FACILITIES.adal as readonly number[]).includes(facility)) {
    return meaningOfHttpStatus(number) ?? NO_NETWORK;
  }
  return FACILITY_MEANINGS.get(facility);
}

/** The answer came, so there is a network: what it says counts. */
function meaningOfHttpStatus(status: number): RefusalMeaning | undefined {
  if (status < 400 || status > 599) return undefined;
  if (status === 407) return { kind: "proxy_sign_in" };
  // A captive portal: the answer is not the authority's.
  if (status === 511) return NO_NETWORK;
  return status >= 500 || status === 408 || status === 429 ? BUSY : { kind: "http_refused" };
}

function isNetworkError(number: number): boolean {
  return NETWORK_ERRORS.some(([first, last]) => first <= number && number <= last);
}
