// Written here and not taken from the package `open`: that brings nine packages with it, runs PowerShell on Windows,
// and does not tell when nobody can see a browser.
import { type Clock, systemClock } from "../clock.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import { CredentialUnavailableError } from "../errors/authentication-error.ts";
import { type Surroundings, thisMachine } from "../surroundings/surroundings.ts";
import { checkedSignInUrl } from "./opening/checked-sign-in-url.ts";
import { findOpeners } from "./opening/find-openers.ts";
import { noBrowser } from "./opening/no-browser.ts";
import { type OpenerEnd, runOpener, type Spawn } from "./opening/run-opener.ts";
import { shortLinkTo } from "./opening/short-link.ts";

/**
 * Brings a person to a sign-in page. Stop when `signal` is aborted. Throw when the person cannot get to see it;
 * returning means only that the browser was asked.
 */
export type OpenBrowser = (url: string, context: { readonly signal: AbortSignal }) => void | Promise<void>;

/** What `systemBrowser` works with; each has a working default. */
export interface SystemBrowserCollaborators extends Partial<Surroundings> {
  /** @defaultValue `spawn` of node:child_process, loaded on the first call */
  readonly spawn?: Spawn;
  readonly clock?: Clock;
  /** Told of what is wrong with `BROWSER` where another browser is opened instead; `code` is a stable word. */
  readonly warn?: (code: string, message: string) => void;
}

// All openers together: a person who waits longer looks at the terminal.
const LONGEST_WATCH_IN_MS = 3000;

/**
 * The person's own browser: `BROWSER` when it is set, else what the system opens links with. No shell is involved,
 * and the browser is not tied to this process.
 *
 * The promise settles as soon as the opener has ended, at the latest after 3 s.
 * @throws CredentialUnavailableError "browser_unavailable", detail "no_browser" before anything was started, when
 * nobody would see it: no screen, SSH, CI; detail "browser_failed" when no opener works.
 * @throws AuthenticationError with detail "endpoint_not_allowed" or TypeError with detail "auth_url_too_long".
 * @throws AbortError
 */
export function systemBrowser(collaborators: SystemBrowserCollaborators = {}): OpenBrowser {
  const surroundings: Surroundings = { ...thisMachine, ...collaborators };
  const clock = collaborators.clock ?? systemClock;
  return async (url, { signal }) => {
    throwIfAborted(signal);
    const checked = checkedSignInUrl(url);
    const search = findOpeners(surroundings);
    if (!search.found) throw new CredentialUnavailableError(noBrowser(search.obstacle, search.remedy));
    if (search.unusable !== undefined) collaborators.warn?.("browser_not_found", `${search.unusable}.`);

    const spawn = collaborators.spawn ?? process.getBuiltinModule("node:child_process").spawn;
    const run = { env: surroundings.env, spawn, clock, signal };
    const end = clock.monotonic() + LONGEST_WATCH_IN_MS;
    const failures: OpenerEnd[] = [];
    for (const opener of search.openers) {
      const fits = checked.length <= (opener.longestUrl ?? Infinity);
      const handed = fits ? checked : await shortLinkTo(checked, { clock, signal });
      const ended = await runOpener(opener, { ...run, url: handed, watchInMs: end - clock.monotonic() });
      if (ended.ok) return;
      failures.push(ended);
    }
    throw browserFailed(failures);
  };
}

function browserFailed(failures: readonly OpenerEnd[]): CredentialUnavailableError {
  const reasons = failures.flatMap((failure) => (failure.ok ? [] : [failure.why]));
  const causes = failures.flatMap((failure) =>
    failure.ok || failure.cause === undefined ? [] : [failure.cause],
  );
  return new CredentialUnavailableError({
    code: "browser_unavailable",
    detail: "browser_failed",
    what: `The browser could not be opened: ${reasons.join(", ")}`,
    remedy:
      "Set BROWSER to a browser that starts, open the sign-in URL of the prompt event by hand, or use the device code flow (DeviceCodeCredential)",
    cause: causes[0],
  });
}
