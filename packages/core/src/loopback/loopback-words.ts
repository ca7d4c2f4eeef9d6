/** To whoever sends a second answer. */
export const USED = "This sign-in was already used.";
export const TOO_LARGE = "The form is too large.";

/** What a second visitor of the one-time link means. */
export const SIGN_IN_LINK_REUSED: string =
  "The one-time link to the sign-in page was opened a second time. If the person did not do that, another user of this " +
  "machine may have read it: cancel the sign-in and start it again.";

/** What a browser that comes with TLS means, and what to do about it. */
export const BROWSER_USED_HTTPS: string =
  "The browser asked for https on the loopback port, where only http is spoken, so it cannot bring the answer. Allow http " +
  'for localhost in its HTTPS-only mode, or delete "localhost" under chrome://net-internals/#hsts (edge://net-internals/#hsts) ' +
  "where a development server has set it, and load the page again.";
