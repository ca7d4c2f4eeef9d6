import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import { CredentialUnavailableError, isAuthenticationError } from "../errors/authentication-error.ts";
import type { InteractiveRequest } from "../flow/flow.ts";
import type { OneTimeLink } from "../loopback/listener-contract.ts";
import { shownCause } from "../refusals/shown-cause.ts";
import type { OpenBrowser } from "./open-browser.ts";

export interface PageOpeningOptions {
  readonly openBrowser: OpenBrowser;
  readonly url: string;
  readonly link: OneTimeLink;
  readonly request: InteractiveRequest;
  /** Whether anybody is told what the events say, and so can open the URL by hand. */
  readonly isHeard: boolean;
}

/** Brings the browser to the sign-in page, and knows what came in the way. */
export class PageOpening {
  readonly #options: PageOpeningOptions;
  #trouble: string | undefined;

  constructor(options: PageOpeningOptions) {
    this.#options = options;
  }

  /** What went wrong, or may have gone wrong, in words for a developer. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /**
   * Never settles but when the sign-in cannot go on: nobody can be shown a browser, or the opener failed and nobody is
   * told the URL.
   */
  run(): Promise<never> {
    return new Promise((_, reject) => {
      const { signal } = this.#options.request;
      this.#open().catch((error: unknown) => {
        if (signal.aborted) return reject(new AbortError(signal));
        if (endsTheCall(error)) return reject(error);
        const failure = browserFailed(error, this.#options);
        if (!this.#options.isHeard || isMistake(error)) return reject(failure);
        this.#goOn(failure);
      });
    });
  }

  async #open(): Promise<void> {
    const { openBrowser, url, link, request } = this.#options;
    const { signal } = request;
    await Promise.resolve();
    // Who heard of the prompt may have given up: then nothing is opened.
    throwIfAborted(signal);
    await openBrowser(url, { signal, link, warn: (code, message) => this.#warn(code, message) });
  }

  #warn(code: string, message: string): void {
    const { request, url } = this.#options;
    this.#trouble = firstSentence(message);
    request.report({ type: "warning", flow: "browser", code, message, url });
  }

  // The listener waits: whoever is shown the URL can open it by hand.
  #goOn(error: CredentialUnavailableError): void {
    const { request, url } = this.#options;
    this.#trouble = firstSentence(error.message);
    request.report({ type: "browser_unavailable", flow: "browser", url, error });
  }
}

/** What happened; what could still be done then is over when it is told in the end. */
function firstSentence(text: string): string | undefined {
  return text.split(". ", 1)[0];
}

/** An error of ours that says more than that a program failed: no browser can exist, or the URL is not for opening. */
function endsTheCall(error: unknown): boolean {
  if (isAuthenticationError(error)) return error.detail !== "browser_failed";
  return error instanceof TypeError && (error as { detail?: string }).detail === "auth_url_too_long";
}

// A mistake in the program that set `openBrowser`, which nobody who waits can mend.
function isMistake(error: unknown): boolean {
  return [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => error instanceof kind);
}

// The opener's own error may quote the URL.
const SECRET_PARAMETERS = ["state", "nonce", "code_challenge"];

function browserFailed(error: unknown, { url, isHeard }: PageOpeningOptions): CredentialUnavailableError {
  if (isAuthenticationError(error)) return error as CredentialUnavailableError;
  const { searchParams } = new URL(url);
  const secrets = SECRET_PARAMETERS.flatMap((name) => searchParams.getAll(name));
  return new CredentialUnavailableError({
    code: "browser_unavailable",
    what: "The browser could not be opened",
    remedy: isHeard
      ? 'Open the "url" of this event by hand while the sign-in waits, or use the device code flow'
      : 'Show the person the "url" of the "prompt" event through the option "onEvent", or use the device code flow',
    detail: "browser_failed",
    cause: shownCause(error, secrets),
  });
}
