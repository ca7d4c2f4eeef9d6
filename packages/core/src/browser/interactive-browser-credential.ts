import { FlowCredential } from "../credential/flow-credential.ts";
import { check } from "../options/check-option.ts";
import type { CredentialOptions, InteractiveOptions } from "../options/credential-options.ts";
import { OPTION_DEFAULTS } from "../options/option-defaults.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { defaultTerminalPrompt } from "../terminal/terminal-prompt.ts";
import { browserChoices, browserOptionNames, type BrowserOptions } from "./browser-options.ts";
import { createBrowserFlow } from "./create-browser-flow.ts";

export interface InteractiveBrowserCredentialOptions
  extends CredentialOptions, InteractiveOptions, BrowserOptions {}

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
    const settings = resolveSettings(options, OPTION_DEFAULTS, browserOptionNames());
    const choices = browserChoices(options, check);
    const isTold = settings.onEvent !== undefined || choices.openBrowser !== undefined;
    super({
      settings,
      flow: "browser",
      isServedFromCache: true,
      // Somebody who shows the URL, or tells the person in another way, is not talked over.
      prompt: isTold ? undefined : defaultTerminalPrompt(),
      createFlow: (parts) => createBrowserFlow(parts, choices),
    });
  }
}
