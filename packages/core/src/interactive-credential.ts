import type { AuthenticationRecord } from "./authentication-record.ts";
import type { AccessToken, GetTokenOptions, TokenCredential } from "./token-credential.ts";

export interface AuthenticateOptions extends GetTokenOptions {
  /**
   * Ask the person even if a token could be had silently.
   * @defaultValue false
   */
  forcePrompt?: boolean | undefined;
  /** How long the person may take, in ms, for this call; see the credential's option of the same name. */
  timeoutInMs?: number | undefined;
}

/** What all Entrada credentials can do. Every Azure SDK client accepts one as its `credential`. */
export interface InteractiveCredential extends TokenCredential, AsyncDisposable {
  /**
   * Returns a token: from memory, from the token cache, by a refresh, or, if none of these can, by asking the person.
   * Any number of calls at once show one prompt.
   * @param scopes - one resource's scopes, such as "https://management.azure.com/.default"
   * @throws TypeError for scopes or claims that cannot be asked for.
   * @throws AbortError within 100 ms of `abortSignal`.
   * @throws AuthenticationRequiredError when the person must act and automatic authentication is off.
   * @throws CredentialUnavailableError when this way of signing in cannot work here; a chain goes on.
   * @throws AuthenticationError for everything else; see its `code`.
   */
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken>;

  /**
   * Signs the person in now, if that is needed, so that later calls need no prompt.
   * @param scopes - default: Azure Resource Manager of the authority's cloud; "openid" for customers of External ID and
   *   for AD FS, where no subscription can be
   * @returns who is signed in: store it and pass it as `authenticationRecord` the next time.
   */
  authenticate(scopes?: string | string[], options?: AuthenticateOptions): Promise<AuthenticationRecord>;

  /** The accounts that can be used without a prompt, the most recently signed in first. */
  accounts(): Promise<readonly AuthenticationRecord[]>;

  /**
   * Forgets an account and its tokens, here and in the token cache. The browser keeps its own session.
   * @param account - default: the one this credential uses
   */
  signOut(account?: AuthenticationRecord): Promise<void>;
}
