import { Worker } from "node:worker_threads";

/** What the thread is given. */
export interface AzuriteStart {
  /** PEM, vouched for by a certificate authority that this process trusts. */
  readonly certificate: string;
  readonly privateKey: string;
}

/** What the thread says when it listens. */
export interface AzuriteReady {
  readonly address: string;
}

export interface Azurite extends AsyncDisposable {
  /** The blob endpoint of Azurite's one account. */
  readonly accountUrl: string;
  readonly accountName: string;
  readonly accountKey: string;
}

// The account and key that Azurite documents for everybody ("Use the Azurite emulator", well-known storage account).
const ACCOUNT_NAME = "devstoreaccount1";
const ACCOUNT_KEY =
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** Starts Azurite's blob service on a free loopback port: over HTTPS, with bearer tokens, in memory. */
export async function startAzurite(start: AzuriteStart): Promise<Azurite> {
  const worker = new Worker(new URL("azurite-worker.ts", import.meta.url), { workerData: start });
  const { address } = await new Promise<AzuriteReady>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`Azurite ended with exit code ${code} as it started.`)));
  });
  return {
    accountUrl: `${address}/${ACCOUNT_NAME}`,
    accountName: ACCOUNT_NAME,
    accountKey: ACCOUNT_KEY,
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
    },
  };
}
