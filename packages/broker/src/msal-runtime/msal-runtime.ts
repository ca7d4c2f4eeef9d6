/* The part of @azure/msal-node-runtime that is used here, declared by structure: it is the application's own. */

/** An account as the runtime describes it. */
export interface RuntimeAccount {
  readonly accountId: string;
  readonly homeAccountId: string;
  readonly environment: string;
  readonly realm: string;
  readonly localAccountId: string;
  readonly username: string;
  readonly displayName: string;
  readonly clientInfo: string;
}

/** What a failed call throws from `CheckError`; it is no `Error`. */
export interface RuntimeFailure {
  readonly errorCode: number;
  /** One of {@link RuntimeStatus}. */
  readonly errorStatus: number;
  readonly errorContext: string;
  readonly errorTag: number;
}

/** The runtime's `ErrorStatus`, as it numbers it. */
export const RuntimeStatus = {
  interactionRequired: 2,
  noNetwork: 3,
  networkTemporarilyUnavailable: 4,
  serverTemporarilyUnavailable: 5,
  userCanceled: 7,
  incorrectConfiguration: 9,
  userSwitched: 12,
  accountUnusable: 13,
  keyNotFound: 15,
  accountNotFound: 16,
} as const;

interface RuntimeResult {
  /** @throws RuntimeFailure */
  CheckError(): void;
}

export interface RuntimeTokenResult extends RuntimeResult {
  readonly rawIdToken: string;
  readonly accessToken: string;
  readonly grantedScopes: string;
  /** In seconds since 1970. */
  readonly expiresOn: number;
  readonly isPopAuthorization: boolean;
  readonly account: RuntimeAccount;
}

export interface RuntimeAccountResult extends RuntimeResult {
  readonly account: RuntimeAccount;
}

export interface RuntimeAccountsResult extends RuntimeResult {
  readonly accounts: readonly RuntimeAccount[];
}

export interface RuntimeParameters {
  CreateAuthParameters(clientId: string, authority: string): void;
  SetRedirectUri(redirectUri: string): void;
  SetRequestedScopes(scopes: string): void;
  SetDecodedClaims(claims: string): void;
  SetAccessTokenToRenew(accessToken: string): void;
  SetAdditionalParameter(name: string, value: string): void;
}

export interface RuntimeHandle {
  CancelAsyncOperation(): void;
}

type Callback<T> = (result: T) => void;

/** The runtime's functions. Each calls back once, from a thread of its own, on the event loop. */
export interface MsalRuntime {
  readonly AuthParameters: new () => RuntimeParameters;
  readonly StartupError?: RuntimeFailure;
  ReadAccountByIdAsync(
    accountId: string,
    correlationId: string,
    callback: Callback<RuntimeAccountResult>,
  ): RuntimeHandle;
  SignInSilentlyAsync(
    parameters: RuntimeParameters,
    correlationId: string,
    callback: Callback<RuntimeTokenResult>,
  ): RuntimeHandle;
  SignInInteractivelyAsync(
    windowHandle: Buffer,
    parameters: RuntimeParameters,
    correlationId: string,
    hint: string,
    callback: Callback<RuntimeTokenResult>,
  ): RuntimeHandle;
  AcquireTokenSilentlyAsync(
    parameters: RuntimeParameters,
    correlationId: string,
    account: RuntimeAccount,
    callback: Callback<RuntimeTokenResult>,
  ): RuntimeHandle;
  AcquireTokenInteractivelyAsync(
    windowHandle: Buffer,
    parameters: RuntimeParameters,
    correlationId: string,
    account: RuntimeAccount,
    callback: Callback<RuntimeTokenResult>,
  ): RuntimeHandle;
  SignOutSilentlyAsync(
    clientId: string,
    correlationId: string,
    account: RuntimeAccount,
    callback: Callback<RuntimeResult>,
  ): RuntimeHandle;
  DiscoverAccountsAsync(
    clientId: string,
    correlationId: string,
    callback: Callback<RuntimeAccountsResult>,
  ): RuntimeHandle;
}
