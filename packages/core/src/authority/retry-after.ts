// One answer, from whoever stands in the way, keeps nobody from signing in for longer than this.
const LONGEST_WAIT_IN_MS = 3_600_000;
const LONGEST_DATE = 64;

/**
 * How long a Retry-After header (RFC 9110, section 10.2.3) asks to wait, in whole ms; at most an hour. `undefined`: nothing
 * usable is asked, such as a negative figure or a date that has passed.
 */
export function retryAfterInMs(value: string | undefined, nowInMs: number): number | undefined {
  const text = value?.trim() ?? "";
  const wait = /^\d{1,20}$/.test(text) ? Number(text) * 1000 : httpDate(text) - nowInMs;
  return wait > 0 ? Math.min(wait, LONGEST_WAIT_IN_MS) : undefined;
}

/**
 * The time that a date of HTTP names (RFC 9110, section 5.6.7), in ms since 1970; `NaN`: it is none. All of its three
 * forms are in GMT, and the oldest, the one without a comma, does not say so.
 */
export function httpDate(text: string): number {
  // Date.parse takes "-5" and "1e9" for years: only what starts like an HTTP date is one.
  if (!/^[A-Z][a-z]{2,8},? /.test(text) || text.length > LONGEST_DATE) return Number.NaN;
  return Date.parse(text.includes(",") ? text : `${text} GMT`);
}
