// Lists the blob containers of a storage account as the person who is signed in to Windows, without asking. Only where
// that gives no token does the account picker appear; where there is no broker, the browser.
import { BlobServiceClient } from "@azure/storage-blob";
import {
  InteractiveBrowserBrokerCredential,
  type InteractiveBrowserBrokerCredentialOptions,
} from "@entrada/broker";
import type { ExampleOptions } from "./command-line/example-options.ts";
import { runAsProgram } from "./command-line/run-as-program.ts";

export async function defaultAccount({
  credential: options,
  accountUrl,
  print = console.log,
}: ExampleOptions<InteractiveBrowserBrokerCredentialOptions>): Promise<void> {
  if (accountUrl === undefined) throw new TypeError("Name the storage account: --account NAME.");
  const credential = new InteractiveBrowserBrokerCredential({ ...options, useDefaultBrokerAccount: true });
  const client = new BlobServiceClient(accountUrl, credential);

  for await (const { name } of client.listContainers()) print(name);
  const [account] = await credential.accounts();
  print(`as ${account?.username}`);
}

await runAsProgram(import.meta.url, defaultAccount);
