import type { Clock } from "../clock.ts";
import type { EndPages, PageEnd } from "../pages/end-pages.ts";
import type { RemedyFor } from "./authorization-error.ts";

export interface LoopbackListenerOptions {
  /**
   * `http://localhost[:port][/path]`, or 127.0.0.1 or [::1] in place of the name. A port makes it fixed.
   * @defaultValue `http://localhost` with any free port
   */
  readonly redirectUri?: string;
  /** The request's `state`: 256 random bits. Only the answer that carries it ends the wait. */
  readonly state: string;
  /**
   * RFC 9207: the issuer the answer's `iss` must name; `{tenantid}` in it stands for any tenant. `expected` absent: not
   * checked.
   */
  readonly issuer?: { readonly expected?: string | undefined; readonly required: boolean };
  /** The caller's pages, in place of ours. */
  readonly pages?: EndPages;
  /** What the application calls itself, for our pages. */
  readonly applicationName?: string | undefined;
  /** The request's scopes and claims: an answer that demands a person's help hands them on in its error. */
  readonly scopes?: readonly string[];
  readonly claims?: string | undefined;
  /** The request's, for the error of an answer that names none. */
  readonly correlationId?: string;
  /** What is known about an AADSTS number; goes into the error's `hint`. */
  readonly remedyFor?: RemedyFor;
  readonly clock: Clock;
  /**
   * Told about answers that were refused (never more than once in ten), a browser that asks for https, a one-time link
   * that is opened again. No secret is in the message.
   */
  readonly warn?: (code: string, message: string) => void;
}

/** How a sign-in ended, for the page that the person sees. */
export type SignInResult = { readonly ok: true } | (Omit<PageEnd, "ok"> & { readonly ok: false });

/** How a sign-in ended, for whoever comes to its address afterwards. */
export type LateEnd = "complete" | "timeout" | "stopped" | "failed";

/** An address on this machine that leads on to another one, once. */
export interface OneTimeLink {
  readonly url: string;
  /** Settles when a browser has opened it. */
  readonly opened: Promise<void>;
}

/** The authority's answer; its `state` was right. */
export interface AuthorizationResponse {
  /** The authorization code. It is a secret: `util.inspect` and JSON do not show it. */
  readonly code: string;
  /** `client_info` as it came: whose account it is, not yet checked. */
  readonly clientInfo?: string | undefined;
  /**
   * Shows the person how it ended. The browser waits for this, at most 30 s. Only the first call counts.
   * Settles when the page was handed over or the browser has gone.
   */
  finish(result: SignInResult): Promise<void>;
}

export interface LoopbackListener {
  /** What goes to the authority, such as `http://localhost:54321/path`. */
  readonly redirectUri: string;
  /** How many answers were refused so far. */
  readonly refusedAnswers: number;
  /** What was refused so far, and why the last one was, in sentences; undefined: nothing. */
  readonly lastRefusal: string | undefined;
  /** Whether a browser has come with TLS where plain HTTP is spoken, and could not bring the answer. */
  readonly greetedByTls: boolean;
  /** A one-time link to `url`, which holds as long as the listener waits. */
  linkTo(url: string): OneTimeLink;
  /**
   * Waits for the one answer with the right state; everything else is answered and forgotten.
   * @throws AuthenticationError when the authority reports an error, answers by the wrong response mode
   * (`response_mode_mismatch`) or as another issuer (`issuer_mismatch`).
   * @throws AbortError when `signal` is aborted.
   */
  wait(signal: AbortSignal): Promise<AuthorizationResponse>;
  /** Shows a browser that still waits that the sign-in was cancelled, and frees the port. */
  close(): Promise<void>;
  /**
   * Ends as `close` does, but whoever comes within a minute still finds a page that says how it ended, as long as the
   * process lives for other reasons and nobody else needs the port.
   */
  retire(end: LateEnd): Promise<void>;
}
