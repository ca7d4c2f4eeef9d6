import type { AuthenticationRecord } from "../authentication-record.ts";
import type { TokenCacheStore } from "../cache/token-cache-store.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import type { Prompt } from "../flow/flow.ts";

/** What every Entrada credential takes. All are optional. */
export interface CredentialOptions {
  /**
   * The application (client) id of your app registration.
   * @defaultValue the developer sign-on client `04b07795-8ddb-461a-bbee-02f9e1bf7b46`: for development only
   */
  clientId?: string | undefined;
  /**
   * What your application is called. People see it at the terminal, in a device code's prompt and on the page that ends
   * a sign-in in the browser. It is never sent: the pages of Entra show the name in the app registration.
   */
  applicationName?: string | undefined;
  /**
   * The tenant to sign in to: its id, one of its domains, or "organizations", "common", "consumers"; "adfs" for AD FS
   * and Azure Stack Hub.
   * @defaultValue "organizations"
   */
  tenantId?: string | undefined;
  /**
   * Origin of the authority; `https:` only. See {@link AzureAuthorityHosts} for the national clouds. External ID:
   * `https://NAME.ciamlogin.com`, or a domain of its own with `tenantId`. Both it and AD FS may end in their tenant, as
   * in `https://fs.contoso.com/adfs`.
   * @defaultValue the environment variable AZURE_AUTHORITY_HOST, else the public cloud
   */
  authorityHost?: string | undefined;
  /**
   * Other tenants that `getToken` may be asked for; "*" allows any. Compared without regard to case.
   * @defaultValue none
   */
  additionallyAllowedTenants?: string[] | undefined;
  /**
   * Do not ask Microsoft whether `authorityHost` is an authority: for private clouds. AD FS, External ID and loopback
   * hosts are never asked about.
   * @defaultValue false
   */
  disableInstanceDiscovery?: boolean | undefined;
  /** Who is expected to be signed in. Its client, authority and tenant are used unless given here. */
  authenticationRecord?: AuthenticationRecord | undefined;
  /**
   * `getToken` never prompts; it throws `AuthenticationRequiredError` instead, and you call `authenticate()`.
   * @defaultValue false
   */
  disableAutomaticAuthentication?: boolean | undefined;
  /**
   * Where tokens are kept between processes. See `@entrada/cache`.
   * @defaultValue the memory of this credential
   */
  tokenCache?: TokenCacheStore | undefined;
  /**
   * A transport of your own.
   * @defaultValue HTTPS of Node, which honours HTTPS_PROXY, NO_PROXY and the system's certificate authorities
   */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * Limit of one HTTP request as a whole, in ms.
   * @defaultValue 30_000
   */
  requestTimeoutInMs?: number | undefined;
  /**
   * Called at each step of a sign-in. `terminalPrompt()` makes one that tells a person at a terminal what to do; a
   * browser credential with neither `onEvent` nor `openBrowser` does so by itself, on a terminal. What it throws is ignored. No event carries a token or a secret code. */
  onEvent?: ((event: AuthenticationEvent) => void) | undefined;
}

/** What the credentials take that ask a person. */
export interface InteractiveOptions {
  /**
   * How long the person may take, in ms.
   * @defaultValue 300_000; for a device code the life of the code
   */
  timeoutInMs?: number | undefined;
  /**
   * The user name to suggest. The account picker is still shown unless `prompt` says otherwise. Of the accounts in the
   * token cache, only the one with this user name is used without a prompt.
   */
  loginHint?: string | undefined;
  /**
   * What the authority asks the person.
   * @defaultValue "select_account"
   */
  prompt?: Prompt | undefined;
  /**
   * After the person cancelled or did not answer, `getToken` does not ask again for so long, in ms.
   * `authenticate()` always asks.
   * @defaultValue 30_000
   */
  promptCooldownInMs?: number | undefined;
}
