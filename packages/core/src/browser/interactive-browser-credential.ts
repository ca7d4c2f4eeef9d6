import { FlowCredential } from "../credential/flow-credential.ts";
import { parseRedirectUri } from "../loopback/redirect-uri.ts";
import type { KnownNames } from "../errors/known-names.ts";
import { check } from "../options/check-option.ts";
import type { CredentialOptions, InteractiveOptions } from "../options/credential-options.ts";
import { OPTION_DEFAULTS } from "../options/option-defaults.ts";
import { resolveSettings, type OwnNames } from "../options/resolve-settings.ts";
import type { EndPages } from "../pages/end-pages.ts";
import { defaultTerminalPrompt } from "../terminal/terminal-prompt.ts";
import { ANSWER_BY, type AnswerBy } from "./answer-by.ts";
import { createBrowserFlow } from "./create-browser-flow.ts";

export interface InteractiveBrowserCredentialOptions extends CredentialOptions, InteractiveOptions {
  /**
   * Where the browser brings the answer: `http://localhost[:port][/path]`. A port makes it fixed. The app
   * registration must have it; for `http://localhost` any port is allowed.
   * @defaultValue `http://localhost` with a free port
   */
  redirectUri?: string | undefined;
  /**
   * Opens the sign-in page, or shows its URL. May return before the person has answered.
   * @defaultValue the system's browser
   */
  openBrowser?: ((url: string, context: { signal: AbortSignal }) => void | Promise<void>) | undefined;
  /**
   * How the browser's answer comes back. "loopback": the browser brings it to a port of this machine. "paste": the
   * terminal shows the page's address, the person opens it on any computer, and pastes the address at which it ends.
   * @defaultValue "loopback" where a browser can be shown here, or `openBrowser` is given; else, at a terminal, "paste"
   */
  answerBy?: AnswerBy | undefined;
  /**
   * Pages to show in the browser at the end, in the place of ours: a whole HTML document each, or a function that makes
   * one of how the sign-in ended, in the browser's language.
   */
  browserCustomizationOptions?: EndPages | undefined;
}

type Pages = NonNullable<InteractiveBrowserCredentialOptions["browserCustomizationOptions"]>;

const BROWSER_OPTIONS: OwnNames<InteractiveBrowserCredentialOptions> = {
  redirectUri: true,
  openBrowser: true,
  answerBy: true,
  browserCustomizationOptions: true,
};
const PAGES: KnownNames<Pages> = { successMessage: true, errorMessage: true };

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
export class InteractiveBrowserCredential extends FlowCredential {
  /** @throws TypeError with a `code`, naming the wrong option. Nothing is opened, read or sent. */
  constructor(options: InteractiveBrowserCredentialOptions = {}) {
    const settings = resolveSettings(options, OPTION_DEFAULTS, BROWSER_OPTIONS);
    const { redirectUri, browserCustomizationOptions: pages } = options;
    if (redirectUri !== undefined) parseRedirectUri(redirectUri);
    if (pages !== undefined) {
      check.names("browserCustomizationOptions", pages, PAGES);
      check.page("browserCustomizationOptions.successMessage", pages.successMessage);
      check.page("browserCustomizationOptions.errorMessage", pages.errorMessage);
    }
    const openBrowser = check.function("openBrowser", options.openBrowser);
    const answerBy = check.oneOf("answerBy", options.answerBy, ANSWER_BY);
    super({
      settings,
      flow: "browser",
      // Somebody who shows the URL, or tells the person in another way, is not talked over.
      prompt:
        settings.onEvent === undefined && openBrowser === undefined ? defaultTerminalPrompt() : undefined,
      createFlow: (parts) => createBrowserFlow(parts, { openBrowser, answerBy, redirectUri, pages }),
    });
  }
}
