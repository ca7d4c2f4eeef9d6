// Lists the blob containers of a storage account. The broker of Windows signs the person in; where there is none, the
// browser does. The person needs a role on the account that lets read blobs, such as "Storage Blob Data Reader".
import { BlobServiceClient } from "@azure/storage-blob";
import {
  InteractiveBrowserBrokerCredential,
  type InteractiveBrowserBrokerCredentialOptions,
} from "@entrada/broker";
import type { ExampleOptions } from "./command-line/example-options.ts";
import { runAsProgram } from "./command-line/run-as-program.ts";

export async function listContainers({
  credential: options,
  accountUrl,
  print = console.log,
}: ExampleOptions<InteractiveBrowserBrokerCredentialOptions>): Promise<void> {
  if (accountUrl === undefined) throw new TypeError("Name the storage account: --account NAME.");
  const credential = new InteractiveBrowserBrokerCredential(options);
  const client = new BlobServiceClient(accountUrl, credential);

  for await (const { name } of client.listContainers()) print(name);
}

await runAsProgram(import.meta.url, listContainers);
