/**
 * The credential types of `@azure/core-auth`, declared by structure, so that every Azure SDK client accepts an
 * Entrada credential while an application that does not use the SDK installs none of it. A type test holds both
 * declarations equal.
 */

/** What Azure SDK clients pass as `abortSignal`: an `AbortSignal`, or a look-alike without a reason. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: (this: AbortSignalLike, event: any) => any, options?: any): void;
  removeEventListener(
    type: "abort",
    listener: (this: AbortSignalLike, event: any) => any,
    options?: any,
  ): void;
}

/** An access token and its times, in milliseconds since 1970-01-01 UTC. */
export interface AccessToken {
  /** The token itself. Treat it as a password: never log it. */
  token: string;
  /** When the token expires, in ms since 1970. */
  expiresOnTimestamp: number;
  /** From when on the authority suggests to renew the token in the background, in ms since 1970. */
  refreshAfterTimestamp?: number;
  /** Always "Bearer" here: proof of possession is refused, never silently downgraded. */
  tokenType?: "Bearer";
  /** What the authority granted, where it says so: it may be less than was asked for. */
  readonly grantedScopes?: readonly string[];
}

/** Options of one `getToken` call; the same meaning as in `@azure/core-auth`. */
export interface GetTokenOptions {
  /** Ends the call within 100 ms with an `AbortError`. */
  abortSignal?: AbortSignalLike;
  /** Accepted for compatibility; the option `requestTimeoutInMs` limits requests to the authority. */
  requestOptions?: { timeout?: number };
  /** The parent of the span, where `tracedCredential` of @entrada/core/tracing traces; otherwise not used. */
  tracingOptions?: { tracingContext?: any };
  /** A claims challenge (JSON text) of a resource. It is used for this one call. */
  claims?: string;
  /** Ask for a token that supports Continuous Access Evaluation. Needs no sign-in of its own. */
  enableCae?: boolean;
  /** Another tenant: must be the credential's own or one of `additionallyAllowedTenants`. */
  tenantId?: string;
  /** Refused with `unsupported`: no flow here can bind a token to a request. */
  proofOfPossessionOptions?: unknown;
}

/** What somebody else's credential gives: a token of any type that `@azure/core-auth` knows. */
export interface AnyAccessToken extends Omit<AccessToken, "tokenType"> {
  /** @defaultValue "Bearer" */
  tokenType?: "Bearer" | "pop";
}

/** Anything that can return a token: a credential of Entrada, of an Azure SDK, or of your own. */
export interface TokenCredential {
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AnyAccessToken | null>;
}
