import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { persistentTokenCache } from "@entrada/cache";
import type { CredentialOptions } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fixedKeyStore } from "../programs/fixed-key.mjs";
import { builtinsOf, foreign, type Loaded } from "./loaded.ts";
import { run } from "./run.ts";

// Node's fetch, `performance` and Web Crypto: each comes with an import, or with the global of its name.
const NEEDLESS = ["internal/deps/undici/undici", "perf_hooks", "internal/crypto/webcrypto"];

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "entrada-start-up-"));
  emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
  emulator.trust();
});
afterEach(async () => {
  await emulator[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** What a process has loaded when it shows a code, opens a browser, or has a token that is on the disk. */
function loadedUntil(event: "code" | "browser" | "token", options: CredentialOptions): Promise<Loaded> {
  const certificate = join(folder, "ca.pem");
  writeFileSync(certificate, emulator.certificateAuthority);
  return run<Loaded>("loaded-until", {
    arguments: [event, JSON.stringify(options), folder],
    environment: { NODE_EXTRA_CA_CERTS: certificate },
  });
}

function local(): CredentialOptions {
  const { authorityHost, defaults } = emulator;
  return { authorityHost, tenantId: defaults.tenantId, disableInstanceDiscovery: true };
}

test("a device code is shown before msal-node is loaded, with 9 files of ours at most", async () => {
  const loaded = await loadedUntil("code", local());
  expect(foreign(loaded)).toEqual([]);
  expect(loaded.files.length).toBeLessThanOrEqual(9);
  expect(builtinsOf(loaded, "https", "http2", "child_process", ...NEEDLESS)).toEqual(["https"]);
});

test("the browser is opened before msal-node and TLS are loaded, with 12 files of ours at most", async () => {
  const loaded = await loadedUntil("browser", { tenantId: emulator.defaults.tenantId });
  expect(foreign(loaded)).toEqual([]);
  expect(loaded.files.length).toBeLessThanOrEqual(12);
  expect(builtinsOf(loaded, "http", "https", "http2", ...NEEDLESS)).toEqual(["http"]);
});

test("a token that another process has kept costs neither msal-node nor the network, and 6 files of ours at most", async () => {
  const tokenCache = persistentTokenCache({ name: "guard", directory: folder, keyStore: fixedKeyStore });
  await using credential = new DeviceCodeCredential({
    ...local(),
    tokenCache,
    userPromptCallback: (info) => emulator.person.answerDeviceCode(info),
  });
  await credential.getToken("https://management.azure.com/.default");
  const loaded = await loadedUntil("token", local());
  expect(foreign(loaded)).toEqual([]);
  // The key of the test is a file as well.
  expect(loaded.files.length).toBeLessThanOrEqual(6);
  const costly = [
    "crypto",
    "internal/crypto/webcrypto",
    "fs/promises",
    "net",
    "tls",
    "https",
    "child_process",
  ];
  expect(builtinsOf(loaded, ...costly)).toEqual(["crypto"]);
});
