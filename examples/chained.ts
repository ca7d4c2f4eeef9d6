// Signs in with the browser, or with a device code where no browser can be shown: a chain of @azure/identity goes on to
// its next credential after a CredentialUnavailableError, and only then.
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { ChainedTokenCredential } from "@azure/identity";
import {
  InteractiveBrowserCredential,
  type CredentialOptions,
  type InteractiveBrowserCredentialOptions,
} from "@entrada/core";
import { DeviceCodeCredential, type DeviceCodeCredentialOptions } from "@entrada/device-code";
import type { ExampleOptions } from "./command-line/example-options.ts";
import { runAsProgram } from "./command-line/run-as-program.ts";

type ChainOptions = CredentialOptions &
  Pick<InteractiveBrowserCredentialOptions, "openBrowser"> &
  Pick<DeviceCodeCredentialOptions, "userPromptCallback">;

export async function chained({
  credential: options = {},
  armEndpoint = "https://management.azure.com",
  print = console.log,
}: ExampleOptions<ChainOptions>): Promise<void> {
  // Each takes what both know, and its own way to a person.
  const { openBrowser, userPromptCallback, ...shared } = options;
  const credential = new ChainedTokenCredential(
    new InteractiveBrowserCredential({ ...shared, openBrowser }),
    new DeviceCodeCredential({ ...shared, userPromptCallback }),
  );
  const client = new SubscriptionClient(credential, { endpoint: armEndpoint });

  for await (const { displayName, subscriptionId } of client.subscriptions.list()) {
    print(`${subscriptionId}  ${displayName}`);
  }
}

await runAsProgram(import.meta.url, chained);
