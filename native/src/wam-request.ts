import type { WamAccount } from "./wam-account.ts";
import type { WindowHandle } from "./window-handle.ts";

/** `WebTokenRequestPromptType`, as WAM numbers it. */
export const WamPromptType = { default: 0, forceAuthentication: 1 } as const;

/** `WebTokenRequestStatus`, as WAM numbers it. */
export const WamRequestStatus = {
  success: 0,
  userCancel: 1,
  accountSwitch: 2,
  userInteractionRequired: 3,
  accountProviderNotAvailable: 4,
  providerError: 5,
} as const;

/** One token request, exactly as WAM gets it: nothing is added, renamed or left out. */
export interface WamRequest {
  /** Names the operation for {@link WamTransport.cancel}: a whole number up to 2^32-1 that no pending operation has. */
  readonly operationId: number;
  /** Nobody waits for the answer: while it is pending, the process may end. @defaultValue `false` */
  readonly background?: boolean;
  /** `silent` never shows UI; `window` may, as a dialog owned by `windowHandle`. */
  readonly mode: "silent" | "window";
  /** The account provider. @defaultValue `https://login.microsoft.com` */
  readonly providerId?: string;
  /** The full authority URL for work or school accounts, or the word `organizations` or `consumers`. */
  readonly providerAuthority: string;
  /** Scopes, separated by spaces. */
  readonly scope: string;
  readonly clientId: string;
  /** @defaultValue `WamPromptType.default` */
  readonly promptType?: number;
  /** The request's property bag. Values may be any string, also with NUL. */
  readonly properties?: Readonly<Record<string, string>>;
  /** The second property bag (`IWebTokenRequest2`); a Windows without it makes the request fail. */
  readonly appProperties?: Readonly<Record<string, string>>;
  /** Sent where `features.correlationId` of the probe is true, and left out elsewhere. */
  readonly correlationId?: string;
  /** The account to ask for, by {@link WamAccount.id}. Without it `silent` means the default Windows account. */
  readonly webAccountId?: string;
  /** The owner of the dialog, for mode `window`. @defaultValue `"console"` */
  readonly windowHandle?: WindowHandle;
  /** `silent` only: take what is cached, invalidate it, and ask again. @defaultValue `false` */
  readonly invalidateFirst?: boolean;
}

/** What a provider says about a failure. `errorCode` is an HRESULT, unsigned. */
export interface WamProviderError {
  readonly errorCode: number;
  readonly errorMessage: string;
  readonly errorProperties: Readonly<Record<string, string>>;
}

/** One answer of the provider. For personal accounts `token` is a `&`-separated list, not a token. */
export interface WamResponse {
  readonly token: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly account?: WamAccount;
  readonly error?: WamProviderError;
}

/** How a token request ended. A person who closes the dialog is a status, not a rejection. */
export interface WamRequestResult {
  /** One of {@link WamRequestStatus}; a newer Windows may answer with a number that is not listed there. */
  readonly status: number;
  readonly error?: WamProviderError;
  /** Empty on most failures; WAM sends at most one today. */
  readonly responses: readonly WamResponse[];
}
