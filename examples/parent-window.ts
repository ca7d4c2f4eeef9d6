// Shows the dialog of Windows over a window of your choice. The function is asked each time a dialog is shown, so that it
// finds the window that is there then; undefined from it means the window of the console.
import { BlobServiceClient } from "@azure/storage-blob";
import {
  InteractiveBrowserBrokerCredential,
  type InteractiveBrowserBrokerCredentialOptions,
} from "@entrada/broker";
import type { ExampleOptions } from "./command-line/example-options.ts";
import { runAsProgram } from "./command-line/run-as-program.ts";

export async function parentWindow({
  credential: options,
  accountUrl,
  print = console.log,
}: ExampleOptions<InteractiveBrowserBrokerCredentialOptions>): Promise<void> {
  if (accountUrl === undefined) throw new TypeError("Name the storage account: --account NAME.");
  const credential = new InteractiveBrowserBrokerCredential({
    parentWindowHandle: windowOfTerminal,
    ...options,
  });
  const client = new BlobServiceClient(accountUrl, credential);

  for await (const { name } of client.listContainers()) print(name);
}

/** The window that a starter of this program has named, as terminals and editors may. */
function windowOfTerminal(): bigint | undefined {
  const handle = process.env["WINDOWID"] ?? "";
  return /^\d{1,19}$/.test(handle) ? BigInt(handle) : undefined;
}

await runAsProgram(import.meta.url, parentWindow);
