/** A token is used until five minutes before it expires: a request and a skewed clock fit in between. */
export const EXPIRY_MARGIN_IN_MS: number = 5 * 60_000;

/** Whether a token needs no renewal yet. Times are in ms since 1970. */
export function isCalm(
  token: { readonly expiresOnTimestamp: number; readonly refreshAfterTimestamp?: number },
  now: number,
): boolean {
  return (
    now < token.expiresOnTimestamp - EXPIRY_MARGIN_IN_MS && now < (token.refreshAfterTimestamp ?? Infinity)
  );
}
