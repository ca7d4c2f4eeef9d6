/*
 * The broker contract of @azure/msal-node, declared by structure so that its users need no particular version of it. A
 * type test holds these equal to the declarations of msal-node 5, 6 and 7.
 */

/** An account as msal-node knows it. */
export interface AccountInfo {
  homeAccountId: string;
  environment: string;
  tenantId: string;
  username: string;
  /** The object id. */
  localAccountId: string;
  name?: string;
  idTokenClaims?: Record<string, any>;
  /** What msal-node hands back to the plugin with the account: the only thing it tells two accounts apart by. */
  nativeAccountId?: string;
}

/** A token request as msal-node passes it. At run time it has the caller's other fields, too. */
export interface NativeRequest {
  clientId: string;
  authority: string;
  correlationId: string;
  redirectUri: string;
  scopes: string[];
  claims?: string;
  authenticationScheme?: string;
  resourceRequestMethod?: string;
  resourceRequestUri?: string;
  shrNonce?: string;
  accountId?: string;
  forceRefresh?: boolean;
  resource?: string;
  extraParameters?: Record<string, string>;
  extraScopesToConsent?: string[];
  loginHint?: string;
  prompt?: string;
}

export interface NativeSignOutRequest {
  clientId: string;
  accountId: string;
  correlationId: string;
}

export interface AuthenticationResult {
  authority: string;
  uniqueId: string;
  tenantId: string;
  scopes: string[];
  account: AccountInfo | null;
  idToken: string;
  idTokenClaims: object;
  accessToken: string;
  fromCache: boolean;
  expiresOn: Date | null;
  tokenType: string;
  correlationId: string;
  fromPlatformBroker?: boolean;
  resource?: string;
}

export interface LoggerOptions {
  loggerCallback?: (level: number, message: string, containsPii: boolean) => void;
  piiLoggingEnabled?: boolean;
  /** 0 error, 1 warning, 2 info, 3 verbose, 4 trace. */
  logLevel?: number;
}

/** What `new PublicClientApplication({ broker: { nativeBrokerPlugin } })` takes. */
export interface INativeBrokerPlugin {
  isBrokerAvailable: boolean;
  setLogger(loggerOptions: LoggerOptions): void;
  getAccountById(accountId: string, correlationId: string): Promise<AccountInfo>;
  getAllAccounts(clientId: string, correlationId: string): Promise<AccountInfo[]>;
  acquireTokenSilent(request: NativeRequest): Promise<AuthenticationResult>;
  acquireTokenInteractive(request: NativeRequest, windowHandle?: Uint8Array): Promise<AuthenticationResult>;
  signOut(request: NativeSignOutRequest): Promise<void>;
}
