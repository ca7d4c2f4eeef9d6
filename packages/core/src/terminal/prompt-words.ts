import { printable } from "../errors/printable.ts";

const MINUTE_IN_MS = 60_000;
// What was said to last a minute, by a clock that has gone on since.
const SHORTEST_MINUTE_IN_MS = 59_000;

/** What a person is asked, and by when. */
export interface Asked {
  readonly applicationName?: string | undefined;
  readonly expiresOn?: Date | undefined;
}

/** Where to go with a code: the code stands alone on its line, to be read out and to be copied. */
export function codeWords(
  { applicationName, expiresOn, url, userCode }: Asked & { readonly url: string; readonly userCode: string },
  now: number,
): readonly string[] {
  return [
    `To ${signIn(applicationName)}, open`,
    url,
    "and enter the code",
    "",
    userCode,
    "",
    // A code can be sent to somebody else as well (RFC 8628, section 5.4).
    "Do so only if you started this sign-in yourself.",
    ...timeLeft("The code works", expiresOn, now),
  ];
}

/** "sign in", to whatever asks. */
export function signIn(applicationName: string | undefined): string {
  return applicationName === undefined ? "sign in" : `sign in to ${printable(applicationName)}`;
}

/** Until when, as one line; none where it is not known. */
export function timeLeft(what: string, expiresOn: Date | undefined, now: number): readonly string[] {
  const left = minutesLeft(expiresOn, now);
  if (left === undefined || expiresOn === undefined) return [];
  const end = expiresOn.toTimeString().slice(0, "00:00".length);
  // Rounded up, one that has begun would be promised whole.
  const isShort = expiresOn.getTime() - now < SHORTEST_MINUTE_IN_MS;
  return [`${what} until ${end} (${isShort ? "less than a minute" : minutes(left)}).`];
}

/** In whole minutes, rounded up: one that has begun counts. */
export function minutesLeft(expiresOn: Date | undefined, now: number): number | undefined {
  return expiresOn && Math.ceil((expiresOn.getTime() - now) / MINUTE_IN_MS - 0.01);
}

export function minutes(count: number): string {
  return count === 1 ? "1 minute" : `${count} minutes`;
}
