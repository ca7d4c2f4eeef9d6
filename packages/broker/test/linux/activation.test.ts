import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "@entrada/core/flow";
import { describe, expect, onTestFinished, test } from "vitest";
import { LinuxClient } from "../../src/linux/linux-client.ts";
import { ADA } from "../fake-account.ts";
import { BROKER_NAME } from "./fake-linux-broker.ts";
import { askFor, brokerOnBus } from "./linux-fixture.ts";
import { hasBus, startBus } from "./private-bus.ts";

const program = fileURLToPath(new URL("activated-broker.ts", import.meta.url));

/** A client on a bus that starts this when somebody wants the broker. */
async function clientOfBusThatStarts(lines: readonly string[]): Promise<LinuxClient> {
  const bus = await startBus();
  const folder = mkdtempSync(join(tmpdir(), "entrada-service-"));
  const service = join(folder, "service");
  writeFileSync(service, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(service, 0o755);
  bus.activates(BROKER_NAME, service);
  const env = { ...bus.env, DISPLAY: ":0" };
  const client = new LinuxClient({ env, clock: systemClock, silentTimeoutInMs: 30_000 });
  onTestFinished(async () => {
    client.close();
    await bus[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  return client;
}

describe.runIf(hasBus)("a broker that does not run yet", () => {
  test("is started by the bus, and answers", async () => {
    const client = await clientOfBusThatStarts([
      `exec "${process.execPath}" --disable-warning=ExperimentalWarning "${program}"`,
    ]);
    await expect(client.silentForDefault(askFor())).resolves.toMatchObject({ username: ADA.username });
  });

  test.each([
    ["ends at its start", ["exit 1"]],
    ["is no program", ['exec "/nowhere/at/all"']],
    // The bus gives up after two seconds: see its configuration in private-bus.ts.
    ["never takes its name", ["exec sleep 20"]],
  ])("that %s leads to the browser", async (_, lines) => {
    const client = await clientOfBusThatStarts(lines);
    await expect(client.silentForDefault(askFor())).rejects.toMatchObject({
      code: "broker_unavailable",
      detail: "broker_not_starting",
    });
  });
});

describe.runIf(hasBus)("the version", () => {
  test("is what the broker says", async () => {
    const { client } = await brokerOnBus();
    expect(await client.version()).toBe("2.5.2");
  });

  test.each([
    { error: "org.freedesktop.DBus.Error.UnknownMethod", text: "No such method" },
    { text: "" },
    { text: '{"linuxBrokerVersion": 7}' },
  ])("of one that does not say is unknown: %j", async (reply) => {
    const { broker, client } = await brokerOnBus();
    broker.script("getLinuxBrokerVersion", reply);
    expect(await client.version()).toBeUndefined();
  });
});
