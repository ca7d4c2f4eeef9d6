// Written here and not taken from the package `open`: that brings nine packages with it, runs PowerShell on Windows,
// and does not tell when nobody can see a browser.
import { type Clock, systemClock } from "../clock.ts";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import { CredentialUnavailableError } from "../errors/authentication-error.ts";
import type { OneTimeLink } from "../loopback/listener-contract.ts";
import { type Surroundings, thisMachine } from "../surroundings/surroundings.ts";
import { checkedSignInUrl } from "./opening/checked-sign-in-url.ts";
import { findOpeners, type Opener } from "./opening/find-openers.ts";
import { noBrowser } from "./opening/no-browser.ts";
import { type OpenerEnd, runOpener, type Spawn } from "./opening/run-opener.ts";

export interface OpenBrowserContext {
  readonly signal: AbortSignal;
  /**
   * Leads to the URL, once: what a program is given in its arguments, which every user of the machine can read.
   * @defaultValue a link with a listener of its own, for a minute
   */
  readonly link?: OneTimeLink;
  /** Told when it is not certain that a page was opened, and of what is wrong with `BROWSER`. */
  readonly warn?: (code: string, message: string) => void;
}

/**
 * Brings a person to a sign-in page. Stop when `signal` is aborted. Throw when the person cannot get to see it;
 * returning means only that the browser was asked.
 */
export type OpenBrowser = (url: string, context: OpenBrowserContext) => void | Promise<void>;

/** What `systemBrowser` works with; each has a working default. */
export interface SystemBrowserCollaborators extends Partial<Surroundings> {
  /** @defaultValue `spawn` of node:child_process, loaded on the first call */
  spawn?: Spawn;
  clock?: Clock;
  /** Told of what is wrong with `BROWSER` where another browser is opened instead; `code` is a stable word. */
  warn?: (code: string, message: string) => void;
}

// All openers together: a person who waits longer looks at the terminal.
const LONGEST_WATCH_IN_MS = 3000;
// One that comes last is still watched for so long.
const SHORTEST_WATCH_IN_MS = 500;

/**
 * The person's own browser: `BROWSER` when it is set, else what the system opens links with. No shell is involved,
 * and the browser is not tied to this process. The program is given a one-time link in the place of the URL.
 *
 * The promise settles as soon as the opener has ended, at the latest after 3 s.
 * @throws CredentialUnavailableError "browser_unavailable", detail "no_browser" before anything was started, when
 * nobody would see it: no screen, SSH, CI; detail "browser_failed" when it is certain that no opener works.
 * @throws AuthenticationError with detail "endpoint_not_allowed" or TypeError with detail "auth_url_too_long".
 * @throws AbortError
 */
export function systemBrowser(collaborators: SystemBrowserCollaborators = {}): OpenBrowser {
  return async (url, context) => {
    throwIfAborted(context.signal);
    const checked = checkedSignInUrl(url);
    return findSystemBrowser(collaborators)(checked, context);
  };
}

/**
 * Looks for what `systemBrowser` would start, now.
 * @throws CredentialUnavailableError with detail "no_browser"
 */
export function findSystemBrowser(collaborators: SystemBrowserCollaborators = {}): OpenBrowser {
  const surroundings: Surroundings = { ...thisMachine, ...collaborators };
  const search = findOpeners(surroundings);
  if (!search.found) throw new CredentialUnavailableError(noBrowser(search.obstacle, search.remedy));
  return async (url, context) => {
    const checked = checkedSignInUrl(url);
    const warn = collaborators.warn ?? context.warn;
    if (search.unusable !== undefined) warn?.("browser_not_found", `${search.unusable}.`);
    const clock = collaborators.clock ?? systemClock;
    const spawn = collaborators.spawn ?? process.getBuiltinModule("node:child_process").spawn;
    const link = context.link ?? (await linkTo(checked, clock, context.signal));
    await tryAll(search.openers, { ...context, link, clock, spawn, env: surroundings.env });
  };
}

interface Attempt extends OpenBrowserContext {
  readonly link: OneTimeLink;
  readonly clock: Clock;
  readonly spawn: Spawn;
  readonly env: Surroundings["env"];
}

async function tryAll(openers: readonly Opener[], attempt: Attempt): Promise<void> {
  const { link, clock, spawn, env, signal } = attempt;
  const end = clock.monotonic() + LONGEST_WATCH_IN_MS;
  const failures: Failure[] = [];
  for (const opener of openers) {
    const watchInMs = Math.max(end - clock.monotonic(), SHORTEST_WATCH_IN_MS);
    const ended = await runOpener(opener, { env, spawn, clock, signal, url: link.url, watchInMs });
    // The page is open when the link was followed, whatever the opener says.
    if (ended.ok || (!ended.proven && (await isOpened(attempt, end)))) return;
    failures.push(ended);
  }
  if (failures.every(({ proven }) => proven)) throw browserFailed(failures);
  attempt.warn?.(
    "browser_exit_code",
    `${reasonsOf(failures)}. If no page was opened, open the sign-in URL by hand; the sign-in goes on.`,
  );
}

type Failure = Extract<OpenerEnd, { readonly ok: false }>;

/** Whether a browser follows the link while there is time. */
function isOpened({ link, clock, signal }: Attempt, end: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const settle = (work: () => void): void => {
      limit.cancel();
      signal.removeEventListener("abort", onAbort);
      work();
    };
    const onAbort = (): void => settle(() => reject(new AbortError(signal)));
    const limit = clock.after(Math.max(end - clock.monotonic(), 0), () => settle(() => resolve(false)));
    signal.addEventListener("abort", onAbort, { once: true });
    void link.opened.then(() => settle(() => resolve(true)));
  });
}

async function linkTo(url: string, clock: Clock, signal: AbortSignal): Promise<OneTimeLink> {
  const { startOneTimeServer } = await import("./opening/one-time-server.ts");
  return startOneTimeServer(url, { clock, signal });
}

function browserFailed(failures: readonly Failure[]): CredentialUnavailableError {
  return new CredentialUnavailableError({
    code: "browser_unavailable",
    detail: "browser_failed",
    what: `The browser could not be opened: ${reasonsOf(failures)}`,
    remedy: "Set BROWSER to a browser that starts, or use the device code flow (DeviceCodeCredential)",
    cause: failures.find(({ cause }) => cause !== undefined)?.cause,
  });
}

function reasonsOf(failures: readonly Failure[]): string {
  return failures.map(({ why }) => why).join(", ");
}
