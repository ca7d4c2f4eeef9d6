import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock, type Clock } from "@entrada/core/flow";
import { describe, expect, onTestFinished, test } from "vitest";
import { LinuxClient } from "../../src/linux/linux-client.ts";
import { ADA } from "../fake-account.ts";
import { BROKER_NAME } from "./fake-linux-broker.ts";
import { askFor, brokerOnBus } from "./linux-fixture.ts";
import { hasBus, startBus } from "./private-bus.ts";

const program = fileURLToPath(new URL("activated-broker.ts", import.meta.url));

/** A program that starts takes its time on a machine that does much else: the client's limits are not what is tested. */
const patientClock: Clock = { ...systemClock, after: (ms, callback) => systemClock.after(ms * 6, callback) };

/** A client on a bus that starts this when somebody wants the broker. */
async function clientOfBusThatStarts(
  lines: readonly string[],
  startTimeoutInMs?: number,
): Promise<LinuxClient> {
  const folder = mkdtempSync(join(tmpdir(), "entrada-service-"));
  const service = join(folder, "service");
  writeFileSync(service, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(service, 0o755);
  const bus = await startBus({
    activates: { [BROKER_NAME]: service },
    ...(startTimeoutInMs !== undefined && { startTimeoutInMs }),
  });
  const env = { ...bus.env, DISPLAY: ":0" };
  const client = new LinuxClient({ env, clock: patientClock, silentTimeoutInMs: 30_000 });
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
    ["ends at its start", ["exit 1"], undefined],
    ["is no program", ['exec "/nowhere/at/all"'], undefined],
    ["never takes its name", ["exec sleep 20"], 500],
  ])("that %s leads to the browser", async (_, lines, startTimeoutInMs) => {
    const client = await clientOfBusThatStarts(lines, startTimeoutInMs);
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
