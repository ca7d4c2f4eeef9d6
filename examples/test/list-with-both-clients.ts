import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { BlobServiceClient } from "@azure/storage-blob";
import type { InteractiveCredential } from "@entrada/core";
import type { LocalAzure } from "../demo/local-azure.ts";

/** What the SDK clients of two services list for one credential. */
export async function listWithBothClients(
  credential: InteractiveCredential,
  { emulator, accountUrl }: LocalAzure,
): Promise<{
  readonly subscriptions: readonly (string | undefined)[];
  readonly containers: readonly string[];
}> {
  const { subscriptions } = new SubscriptionClient(credential, { endpoint: emulator.armEndpoint });
  const blobs = new BlobServiceClient(accountUrl, credential);
  const [fromResourceManager, fromStorage] = await Promise.all([
    Array.fromAsync(subscriptions.list()),
    Array.fromAsync(blobs.listContainers()),
  ]);
  return {
    subscriptions: fromResourceManager.map(({ displayName }) => displayName),
    containers: fromStorage.map(({ name }) => name),
  };
}
