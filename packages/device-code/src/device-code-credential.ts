import type { CredentialOptions, InteractiveOptions } from "@entrada/core";
import {
  check,
  FlowCredential,
  resolveSettings,
  showsPrompts,
  terminalAfterwards,
} from "@entrada/core/credential";
import { createDeviceCodeFlow } from "./create-device-code-flow.ts";
import type { UserPromptCallback } from "./device-code-prompt.ts";

/**
 * `timeoutInMs` is by default the life of the code, which the authority decides (15 minutes as a rule).
 * `loginHint` and `prompt` have no place in the protocol: the person chooses the account on the page. With a `prompt`
 * other than "select_account", the account of `loginHint` must be the one that signs in.
 */
export interface DeviceCodeCredentialOptions extends CredentialOptions, InteractiveOptions {
  /**
   * Shows the code to the person. It is awaited before the first poll, within the life of the code. If it throws or
   * rejects, the sign-in ends with a `TypeError` whose `detail` is "prompt_failed" and whose `cause` is what it threw.
   *
   * Without it and without `onEvent` the credential is unavailable where nobody would read the code: in a CI job, in a
   * service, and where standard error is closed or thrown away.
   * @defaultValue tells the person on standard error what to open, the code, the time left and how it ended; nothing
   * where `onEvent` is `terminalPrompt()`, which does so, too
   */
  userPromptCallback?: UserPromptCallback | undefined;
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
export class DeviceCodeCredential extends FlowCredential {
  /** @throws TypeError with a `code`, naming the wrong option. Nothing is shown, read or sent. */
  constructor(options: DeviceCodeCredentialOptions = {}) {
    const settings = resolveSettings(options, {}, { userPromptCallback: true });
    const chosen = check.function("userPromptCallback", options.userPromptCallback);
    const shown = showsPrompts(settings.onEvent);
    const userPromptCallback = chosen ?? (shown ? () => {} : undefined);
    // Whoever hears of the prompt event can show the code as well.
    const needsReader = chosen === undefined && settings.onEvent === undefined;
    super({
      settings,
      flow: "device-code",
      isServedFromCache: true,
      prompt: chosen === undefined && !shown ? terminalAfterwards() : undefined,
      createFlow: (parts) => createDeviceCodeFlow(parts, { userPromptCallback, needsReader }),
    });
  }
}
