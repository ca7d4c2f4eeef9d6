// Azurite's blob service, in a thread of its own: it loads while the rest starts, and cannot outlive the process.
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { AzuriteReady, AzuriteStart } from "./azurite.ts";

/** The parts of Azurite 3.37 that are used. It is CommonJS, has no types and documents no way to embed it. */
interface BlobConfiguration {
  readonly cert: string;
  readonly key: string;
}
interface BlobServer {
  start(): Promise<void>;
  getHttpServerAddress(): string;
}
interface Telemetry {
  init(location: string, enabled: boolean): void;
}

const require = createRequire(import.meta.url);
const load = (path: string): unknown => require(`azurite/dist/src/${path}`);

const { AzuriteTelemetryClient } = load("common/Telemetry") as { AzuriteTelemetryClient: Telemetry };
const { default: Configuration } = load("blob/BlobConfiguration") as {
  default: new (...settings: readonly unknown[]) => BlobConfiguration;
};
const { default: Server } = load("blob/BlobServer") as {
  default: new (configuration: BlobConfiguration) => BlobServer;
};

/** Azurite would read its certificate from files. */
class CertificateInMemory extends Configuration {
  getCert(): { cert: string; key: string } {
    return { cert: this.cert, key: this.key };
  }
}

AzuriteTelemetryClient.init("", false);
const { certificate, privateKey } = workerData as AzuriteStart;
const server = new Server(
  new CertificateInMemory(
    "127.0.0.1", // host
    0, // port: any free one
    undefined, // keepAliveTimeout
    undefined, // metadataDBPath
    undefined, // extentDBPath
    [], // persistencePathArray
    false, // enableAccessLog
    undefined, // accessLogWriteStream
    false, // enableDebugLog
    undefined, // debugLogFilePath
    false, // loose
    true, // skipApiVersionCheck: the newest SDK is ahead of Azurite
    certificate, // cert
    privateKey, // key
    undefined, // pwd
    "basic", // oauth: bearer tokens are checked
    true, // disableProductStyleUrl
    true, // isMemoryPersistence
  ),
);
await server.start();
// The rule means windows of a browser.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage({ address: server.getHttpServerAddress() } satisfies AzuriteReady);
