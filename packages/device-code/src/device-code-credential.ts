import type {
  AccessToken,
  AuthenticateOptions,
  AuthenticationRecord,
  CredentialOptions,
  GetTokenOptions,
  InteractiveCredential,
  InteractiveOptions,
} from "@entrada/core";
import { check, createEngine, resolveSettings, type Engine } from "@entrada/core/credential";
import { createDeviceCodeFlow } from "./create-device-code-flow.ts";
import { deviceCodePrompt, type UserPromptCallback } from "./device-code-prompt.ts";

/**
 * `timeoutInMs` is by default the life of the code, which the authority decides (15 minutes as a rule).
 * `loginHint` and `prompt` have no place in the protocol: the person chooses the account on the page. With a `prompt`
 * other than "select_account", the account of `loginHint` must be the one that signs in.
 */
export interface DeviceCodeCredentialOptions extends CredentialOptions, InteractiveOptions {
  /**
   * Shows the code to the person. It is awaited before the first poll, within the life of the code. If it throws or
   * rejects, the sign-in ends with a `TypeError` whose `detail` is "prompt_failed" and whose `cause` is what it threw.
   * @defaultValue writes the message to standard error, with who asks for it
   */
  readonly userPromptCallback?: UserPromptCallback | undefined;
}

/**
 * Signs a person in with a URL and a code, for devices without a browser (RFC 8628): the person opens the URL anywhere.
 *
 * The app registration needs "Allow public client flows" switched on. A code can be sent to somebody else as well, and
 * many tenants forbid this flow for that reason: use it only where no browser can be opened.
 *
 * @example
 * ```ts
 * import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
 * import { DeviceCodeCredential } from "@entrada/device-code";
 *
 * const credential = new DeviceCodeCredential({
 *   userPromptCallback: ({ message }) => console.error(message),
 * });
 * for await (const subscription of new SubscriptionClient(credential).subscriptions.list()) {
 *   console.log(subscription.displayName);
 * }
 * ```
 */
export class DeviceCodeCredential implements InteractiveCredential {
  readonly #engine: Engine;

  /** @throws TypeError with a `code`, naming the wrong option. Nothing is shown, read or sent. */
  constructor(options: DeviceCodeCredentialOptions = {}) {
    const settings = resolveSettings(options);
    const userPromptCallback =
      check.function("userPromptCallback", options.userPromptCallback) ?? deviceCodePrompt(settings);
    this.#engine = createEngine({
      settings,
      flow: "device-code",
      createFlow: (parts) => createDeviceCodeFlow(parts, userPromptCallback),
    });
  }

  /** See `InteractiveCredential.getToken`. The person is asked at most once, whatever number of calls there are. */
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    return this.#engine.getToken(scopes, options);
  }

  /** See `InteractiveCredential.authenticate`. */
  authenticate(scopes?: string | string[], options?: AuthenticateOptions): Promise<AuthenticationRecord> {
    return this.#engine.authenticate(scopes, options);
  }

  /** See `InteractiveCredential.accounts`. */
  accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#engine.accounts();
  }

  /** See `InteractiveCredential.signOut`. */
  signOut(account?: AuthenticationRecord): Promise<void> {
    return this.#engine.signOut(account);
  }

  /** Ends whatever is under way and forgets the tokens in memory. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#engine.dispose();
  }
}
