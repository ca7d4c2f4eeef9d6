import type { AuthenticationError } from "../errors/authentication-error.ts";

/** What every event has. */
export interface EventOf<Type extends string> {
  readonly type: Type;
  /** The flow that reports, such as "browser", "device-code" or "broker". */
  readonly flow: string;
}

/** A token came from memory or from the token cache. */
export interface SilentHitEvent extends EventOf<"silent_hit"> {
  readonly source: "memory" | "cache";
  readonly scopes: readonly string[];
}
/** A token is being renewed without the person; `background` when a caller was already served. */
export interface RefreshEvent extends EventOf<"refresh"> {
  readonly scopes: readonly string[];
  readonly background: boolean;
}
/** A refresh failed while the present token is still valid and goes on being served. */
export interface RefreshFailedEvent extends EventOf<"refresh_failed"> {
  readonly error: Error;
}
/**
 * A person is asked. Browser: `url` is the sign-in page, so that it can be opened by hand when `opened` is false
 * or the window is lost. Device code: `url` and `userCode` are what the person types.
 */
export interface PromptEvent extends EventOf<"prompt"> {
  readonly url?: string;
  readonly userCode?: string;
  /** When the person's time is over, or the code's. */
  readonly expiresOn?: Date;
  /** The option `applicationName`. */
  readonly applicationName?: string;
  /** "paste": the page may be opened on any computer, and the terminal asks for the address at which it ends. */
  readonly answerBy?: "paste";
}
/** The browser could not be opened; the sign-in goes on waiting, and `url` can be opened by hand until it ends. */
export interface BrowserUnavailableEvent extends EventOf<"browser_unavailable"> {
  readonly url: string;
  readonly error: Error;
}
/** The person has not answered for `seconds` so far; sent about every 5 s. */
export interface WaitingEvent extends EventOf<"waiting"> {
  readonly seconds: number;
}
/** Something that does not fail the call but that somebody should know; `code` is a stable snake_case word. */
export interface WarningEvent extends EventOf<"warning"> {
  readonly code: string;
  readonly message: string;
  readonly error?: Error;
  /** The sign-in page, where the message says to open it by hand. */
  readonly url?: string;
}
/** Another flow takes over before anything was shown. */
export interface FallbackEvent extends EventOf<"fallback"> {
  readonly to: string;
  readonly reason: string;
}
/** A token was acquired. */
export interface DoneEvent extends EventOf<"done"> {
  readonly scopes: readonly string[];
  readonly interactive: boolean;
  readonly username: string;
}
/** A call failed. */
export interface FailedEvent extends EventOf<"failed"> {
  readonly error: AuthenticationError | Error;
}

/** The life of a sign-in, step by step. No event carries a token, a code that is secret, or a secret. */
export type AuthenticationEvent =
  | SilentHitEvent
  | RefreshEvent
  | RefreshFailedEvent
  | PromptEvent
  | BrowserUnavailableEvent
  | WaitingEvent
  | WarningEvent
  | FallbackEvent
  | DoneEvent
  | FailedEvent;
