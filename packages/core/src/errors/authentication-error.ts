import type { GetTokenOptions } from "../token-credential.ts";
import { isMadeBy, isMarked } from "./is-made-by.ts";
import { printable } from "./printable.ts";

/** What went wrong, in one word that a `switch` can narrow. Each has a heading in docs/errors.md. */
export type AuthenticationErrorCode =
  | "authentication_required"
  | "user_cancelled"
  | "timeout"
  | "browser_unavailable"
  | "broker_unavailable"
  | "access_denied"
  | "device_code_expired"
  | "conditional_access"
  | "tenant_not_allowed"
  | "account_mismatch"
  | "network"
  | "service"
  | "invalid_response"
  | "cache"
  | "unsupported";

/** What an error is made of. `what` and `remedy` become the message. */
export interface AuthenticationErrorInit {
  code: AuthenticationErrorCode;
  /** What happened: one sentence without a final stop. */
  what: string;
  /** What the developer or the person can do about it: one sentence without a final stop. */
  remedy?: string | undefined;
  /** A stable snake_case word under the code, such as "interactive_timeout". */
  detail?: string | undefined;
  cause?: unknown;
  /** The authority's own words, already redacted. */
  serverText?: string | undefined;
  aadsts?: number | undefined;
  correlationId?: string | undefined;
  traceId?: string | undefined;
  timestamp?: string | undefined;
  /** Whether the same call may succeed later without anybody changing anything. Default false. */
  retryable?: boolean | undefined;
  retryAfterInMs?: number | undefined;
}

export const ERROR_DOCS = "https://github.com/entrada-auth/entrada/blob/main/docs/errors.md";

// Two copies of this package meet in one process sooner or later; a registered symbol recognises both.
const MARKER: unique symbol = Symbol.for("entrada.AuthenticationError") as never;
const LONGEST_MESSAGE = 2000;

/** For `instanceof`: an error of another copy is one of ours by its marker, and of which class by its name. */
function isOfClass(error: unknown, name: string): boolean {
  return isAuthenticationError(error) && error.name === name;
}

/**
 * Every failure of a sign-in or a token request, other than a wrong option (`TypeError`) or an abort
 * (`AbortError`). Branch on `code`; show `message` to a developer. No token, code or secret is ever in it.
 */
export class AuthenticationError extends Error {
  /** True for errors of every copy of this package: one comes by `import`, another by `require`. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return this === AuthenticationError ? isAuthenticationError(error) : isMadeBy(this, error);
  }

  override name = "AuthenticationError";
  readonly code: AuthenticationErrorCode;
  /** A stable snake_case sub-code: "interactive_timeout", "port_in_use", "slow_response" … */
  declare readonly detail?: string;
  /** What to do about it, in a sentence. It is part of `message`, too. */
  declare readonly hint?: string;
  /** The number of the authority's AADSTS code. */
  declare readonly aadsts?: number;
  declare readonly correlationId?: string;
  declare readonly traceId?: string;
  declare readonly timestamp?: string;
  readonly retryable: boolean;
  /** How long the authority asked to wait, in ms. */
  declare readonly retryAfterInMs?: number;

  constructor(init: AuthenticationErrorInit) {
    super(messageOf(init), init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.retryable = init.retryable ?? false;
    Object.defineProperty(this, MARKER, { value: true });
    if (init.detail !== undefined) this.detail = init.detail;
    if (init.remedy !== undefined) this.hint = init.remedy;
    if (init.aadsts !== undefined) this.aadsts = init.aadsts;
    if (init.correlationId !== undefined) this.correlationId = init.correlationId;
    if (init.traceId !== undefined) this.traceId = init.traceId;
    if (init.timestamp !== undefined) this.timestamp = init.timestamp;
    if (init.retryAfterInMs !== undefined) this.retryAfterInMs = init.retryAfterInMs;
  }
}

/** What an `AuthenticationRequiredError` carries besides: everything `authenticate()` needs. */
export interface AuthenticationRequiredErrorInit extends Omit<AuthenticationErrorInit, "code"> {
  scopes: readonly string[];
  claims?: string | undefined;
  getTokenOptions?: GetTokenOptions | undefined;
}

/** A person must act, and this call was not allowed to ask. Hand `scopes` and `claims` to `authenticate()`. */
export class AuthenticationRequiredError extends AuthenticationError {
  /** See `AuthenticationError`. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    const here = isMadeBy(this, error);
    return here || (this === AuthenticationRequiredError && isOfClass(error, "AuthenticationRequiredError"));
  }

  override name = "AuthenticationRequiredError";
  readonly scopes: readonly string[];
  declare readonly claims?: string;
  declare readonly getTokenOptions?: GetTokenOptions;

  constructor(init: AuthenticationRequiredErrorInit) {
    super({ ...init, code: "authentication_required" });
    this.scopes = [...init.scopes];
    if (init.claims !== undefined) this.claims = init.claims;
    if (init.getTokenOptions !== undefined) this.getTokenOptions = init.getTokenOptions;
  }
}

/** This way of signing in cannot even be tried here. A chain of credentials goes on to its next one. */
export class CredentialUnavailableError extends AuthenticationError {
  /** See `AuthenticationError`. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    const here = isMadeBy(this, error);
    return here || (this === CredentialUnavailableError && isOfClass(error, "CredentialUnavailableError"));
  }

  override name = "CredentialUnavailableError";
}

/** Whether `error` is one of ours, also when another copy of this package made it. */
export function isAuthenticationError(error: unknown): error is AuthenticationError {
  return isMarked(error, MARKER);
}

/** Whether `error` says that a person must act: the only answer that may lead to a prompt. */
export function isAuthenticationRequired(error: unknown): error is AuthenticationRequiredError {
  return isAuthenticationError(error) && error.code === "authentication_required";
}

/** Whether `error` says that there is nothing to renew a token with: no refresh token, no account. */
export function isNothingToRenew(error: unknown): error is AuthenticationRequiredError {
  return (
    isAuthenticationRequired(error) && (error.detail === "no_account" || error.detail === "account_not_found")
  );
}

function messageOf(init: AuthenticationErrorInit): string {
  const ids = [
    init.correlationId && `Correlation ID: ${init.correlationId}`,
    init.traceId && `Trace ID: ${init.traceId}`,
    init.timestamp && `Timestamp: ${init.timestamp}`,
  ].filter(Boolean);
  const parts = [
    `${init.what}.`,
    init.remedy && `${init.remedy}.`,
    init.serverText && `[${init.serverText}]`,
    ids.length > 0 && `[${ids.join(" ")}]`,
  ].filter(Boolean);
  const anchor = ` See ${ERROR_DOCS}#${init.code}`;
  return printable(parts.join(" ")).slice(0, LONGEST_MESSAGE - anchor.length) + anchor;
}
