// Lists the subscriptions of the person who signs in in the browser.
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { InteractiveBrowserCredential, type InteractiveBrowserCredentialOptions } from "@entrada/core";
import type { ExampleOptions } from "./command-line/example-options.ts";
import { runAsProgram } from "./command-line/run-as-program.ts";

export async function showSubscription({
  credential: options,
  armEndpoint = "https://management.azure.com",
  print = console.log,
}: ExampleOptions<InteractiveBrowserCredentialOptions>): Promise<void> {
  const credential = new InteractiveBrowserCredential(options);
  const client = new SubscriptionClient(credential, { endpoint: armEndpoint });

  // The sign-in page opens on the first use of the client.
  for await (const { displayName, subscriptionId } of client.subscriptions.list()) {
    print(`${subscriptionId}  ${displayName}`);
  }
}

await runAsProgram(import.meta.url, showSubscription);
