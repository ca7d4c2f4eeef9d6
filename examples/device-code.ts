// Signs in on a device without a browser: the person types a code on another one. The code is shown on stderr.
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { DeviceCodeCredential, type DeviceCodeCredentialOptions } from "@entrada/device-code";
import type { ExampleOptions } from "./command-line/example-options.ts";
import { runAsProgram } from "./command-line/run-as-program.ts";

export async function deviceCode({
  credential: options,
  armEndpoint = "https://management.azure.com",
  print = console.log,
}: ExampleOptions<DeviceCodeCredentialOptions>): Promise<void> {
  const credential = new DeviceCodeCredential(options);
  const client = new SubscriptionClient(credential, { endpoint: armEndpoint });

  for await (const { displayName, subscriptionId } of client.subscriptions.list()) {
    print(`${subscriptionId}  ${displayName}`);
  }
}

await runAsProgram(import.meta.url, deviceCode);
