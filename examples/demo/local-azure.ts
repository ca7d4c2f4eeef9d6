import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { startEmulator, type Emulator, type EmulatorOptions } from "@entrada/emulator";
import { startAzurite, type Azurite } from "./azurite.ts";

/** Entra ID, Resource Manager and blob storage on this machine. */
export interface LocalAzure extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly accountUrl: string;
}

const CONTAINERS = ["invoices", "photos", "backups"];

/** Starts the three on free loopback ports, trusts their certificates in this process and makes some containers. */
export async function startLocalAzure(options?: EmulatorOptions): Promise<LocalAzure> {
  const emulator = await startEmulator(options);
  emulator.trust();
  const started: AsyncDisposable[] = [emulator];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((each) => each[Symbol.asyncDispose]()));
  };
  try {
    const azurite = await startAzurite(await emulator.issueServerCertificate());
    started.push(azurite);
    await makeContainers(azurite);
    return { emulator, accountUrl: azurite.accountUrl, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// By the account's key: whoever signs in later has to find something that was there before.
async function makeContainers({ accountUrl, accountName, accountKey }: Azurite): Promise<void> {
  const owner = new BlobServiceClient(accountUrl, new StorageSharedKeyCredential(accountName, accountKey));
  await Promise.all(CONTAINERS.map((name) => owner.createContainer(name)));
}
