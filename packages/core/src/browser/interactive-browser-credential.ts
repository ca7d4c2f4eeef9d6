import type { AuthenticationRecord } from "../authentication-record.ts";
import type { Engine } from "../engine/engine.ts";
import { createEngine } from "../flow/create-engine.ts";
import type { AuthenticateOptions, InteractiveCredential } from "../interactive-credential.ts";
import { parseRedirectUri } from "../loopback/redirect-uri.ts";
import { check } from "../options/check-option.ts";
import type { CredentialOptions, InteractiveOptions } from "../options/credential-options.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import type { AccessToken, GetTokenOptions } from "../token-credential.ts";
import { createBrowserFlow } from "./create-browser-flow.ts";

export interface InteractiveBrowserCredentialOptions extends CredentialOptions, InteractiveOptions {
  /**
   * Where the browser brings the answer: `http://localhost[:port][/path]`. A port makes it fixed. The app
   * registration must have it; for `http://localhost` any port is allowed.
   * @defaultValue `http://localhost` with a free port
   */
  readonly redirectUri?: string | undefined;
  /**
   * Opens the sign-in page, or shows its URL. May return before the person has answered.
   * @defaultValue the system's browser
   */
  readonly openBrowser?:
    | ((url: string, context: { signal: AbortSignal }) => void | Promise<void>)
    | undefined;
  /** Whole HTML bodies to show in the browser at the end, instead of ours. */
  readonly browserCustomizationOptions?:
    | { readonly successMessage?: string; readonly errorMessage?: string }
    | undefined;
}

const PERSONS_TIME_IN_MS = 300_000;

/**
 * Signs a person in through the system's browser: authorization code with PKCE and a loopback redirect.
 *
 * The app registration needs the redirect URI `http://localhost` under "Mobile and desktop applications" and
 * "Allow public client flows" switched on.
 *
 * @example
 * ```ts
 * import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
 * import { InteractiveBrowserCredential } from "@entrada/core";
 *
 * const credential = new InteractiveBrowserCredential();
 * for await (const subscription of new SubscriptionClient(credential).subscriptions.list()) {
 *   console.log(subscription.displayName);
 * }
 * ```
 */
export class InteractiveBrowserCredential implements InteractiveCredential {
  readonly #engine: Engine;

  /** @throws TypeError with a `code`, naming the wrong option. Nothing is opened, read or sent. */
  constructor(options: InteractiveBrowserCredentialOptions = {}) {
    const settings = resolveSettings(options, { timeoutInMs: PERSONS_TIME_IN_MS });
    const { redirectUri, browserCustomizationOptions: pages } = options;
    if (redirectUri !== undefined) parseRedirectUri(redirectUri);
    if (pages !== undefined) {
      check.object("browserCustomizationOptions", pages);
      check.page("browserCustomizationOptions.successMessage", pages.successMessage);
      check.page("browserCustomizationOptions.errorMessage", pages.errorMessage);
    }
    const openBrowser = check.function("openBrowser", options.openBrowser);
    this.#engine = createEngine({
      settings,
      flow: "browser",
      createFlow: (parts) => createBrowserFlow(parts, { openBrowser, redirectUri, pages }),
    });
  }

  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    return this.#engine.getToken(scopes, options);
  }

  authenticate(scopes?: string | string[], options?: AuthenticateOptions): Promise<AuthenticationRecord> {
    return this.#engine.authenticate(scopes, options);
  }

  accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#engine.accounts();
  }

  signOut(account?: AuthenticationRecord): Promise<void> {
    return this.#engine.signOut(account);
  }

  /** Ends whatever is under way and forgets the tokens in memory. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#engine.dispose();
  }
}
