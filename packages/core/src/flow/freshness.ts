/** A token is used until five minutes before it expires: a request and a skewed clock fit in between. */
const LONGEST_MARGIN_IN_MS = 5 * 60_000;

/** The times of a token, in ms since 1970. */
export interface TokenTimes {
  readonly expiresOnTimestamp: number;
  readonly refreshAfterTimestamp?: number;
  /** When it came from the authority; absent: not known. */
  readonly receivedOnTimestamp?: number;
}

/**
 * How long before its end a token is not used without a try to renew it, in ms: five minutes, and never more than half
 * its life, since a token that lives for less would else be renewed at every call.
 */
export function expiryMarginOf({
  expiresOnTimestamp,
  receivedOnTimestamp = -Infinity,
}: Omit<TokenTimes, "refreshAfterTimestamp">): number {
  return Math.min(LONGEST_MARGIN_IN_MS, Math.max(expiresOnTimestamp - receivedOnTimestamp, 0) / 2);
}

/** Whether a token needs no renewal yet. */
export function isCalm(token: TokenTimes, now: number): boolean {
  return (
    isAlive(token, now) &&
    now < token.expiresOnTimestamp - expiryMarginOf(token) &&
    now < (token.refreshAfterTimestamp ?? Infinity)
  );
}

/** Whether a token has not expired. One from the future may have: the clock was set back since it came. */
export function isAlive(
  { expiresOnTimestamp, receivedOnTimestamp = -Infinity }: Omit<TokenTimes, "refreshAfterTimestamp">,
  now: number,
): boolean {
  return now < expiresOnTimestamp && receivedOnTimestamp - now < LONGEST_MARGIN_IN_MS;
}
