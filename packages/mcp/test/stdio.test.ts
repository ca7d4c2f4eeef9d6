import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@entrada/emulator";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { LoggingMessageNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, test } from "vitest";

test("a server over stdio signs its person in through the client, without a byte of its own on standard output", async () => {
  await using emulator = await startEmulator();
  const folder = mkdtempSync(join(tmpdir(), "entrada-mcp-"));
  const certificates = join(folder, "ca.pem");
  writeFileSync(certificates, emulator.certificateAuthority);
  const client = new Client({ name: "test", version: "1.0.0" });
  const told: string[] = [];
  const faults: Error[] = [];
  Object.assign(client, { onerror: (error: Error) => faults.push(error) });
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
    const text = String(params.data);
    told.push(text);
    const [url] = /https:\S+/.exec(text) ?? [];
    if (url !== undefined) void emulator.person.openBrowser(url, { signal: AbortSignal.timeout(30_000) });
  });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [fileURLToPath(new URL("stdio-server.ts", import.meta.url))],
    env: {
      ...(process.env as Record<string, string>),
      AZURE_AUTHORITY_HOST: emulator.authorityHost,
      NODE_EXTRA_CA_CERTS: certificates,
    },
  });
  try {
    await client.connect(transport);
    for (let call = 0; call < 2; call += 1) {
      const { content } = await client.callTool({ name: "subscription" });
      expect(content).toEqual([{ type: "text", text: "signed in" }]);
    }
  } finally {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  }
  await emulator.person.settled();
  expect(emulator.person.visits).toHaveLength(1);
  expect(told.at(-1)).toBe(`Signed in as ${emulator.defaults.account.username}`);
  expect(told.join("\n")).not.toMatch(/eyJ/);
  // Whatever is no message of the protocol would be told here.
  expect(faults).toEqual([]);
});
