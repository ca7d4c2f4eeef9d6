import { createServer } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeviceCodeCredential, InteractiveBrowserCredential } from "@azure/identity";
import type { Subject } from "./subject.ts";

/** The same promises, put to `@azure/identity`: its browser is a program that tells this process the address. */
export async function azureIdentity(): Promise<Subject & AsyncDisposable> {
  let opened: (url: string) => void = () => {};
  const server = createServer((request, response) => {
    opened(decodeURIComponent((request.url ?? "").slice(1)));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), "subject-"));
  const browser = join(folder, "browser");
  const program = `fetch("http://127.0.0.1:${port}/" + encodeURIComponent(process.argv[2]))`;
  writeFileSync(browser, `#!${process.execPath}\n${program}\n`, { mode: 0o755 });
  process.env.BROWSER = browser;
  const common = { disableInstanceDiscovery: true };
  return {
    name: "azure-identity",
    browser: ({ onOpen, ...options }) => {
      opened = onOpen;
      return new InteractiveBrowserCredential({ ...common, ...options });
    },
    deviceCode: ({ onPrompt, ...options }) =>
      new DeviceCodeCredential({ ...common, ...options, userPromptCallback: onPrompt }),
    [Symbol.asyncDispose]: async () => {
      rmSync(folder, { recursive: true });
      server.close();
    },
  };
}
