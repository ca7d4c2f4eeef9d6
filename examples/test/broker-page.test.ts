// Every example of docs/broker.md, as it stands there, on a fake of each broker; on Windows: native/scripts/wine/chain.
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FakeAccount } from "../../packages/broker/test/fake-account.ts";
import { FakeLinuxBroker, type Generation } from "../../packages/broker/test/linux/fake-linux-broker.ts";
import { mintedBy } from "../../packages/broker/test/linux/minted-by-emulator.ts";
import { hasBus, startBus } from "../../packages/broker/test/linux/private-bus.ts";
import { fakeWindows } from "../../packages/broker/test/wsl/fake-windows.ts";
import { blocksOf, documents, type CodeBlock } from "./documents.ts";
import { CONTAINERS } from "./reader/expected-run.ts";
import { startReadersMachine, type ReadersMachine } from "./reader/readers-machine.ts";
import { runModule } from "./reader/run-module.ts";
import { layOut, type Workshop } from "./workshop.ts";

const PAGE = "docs/broker.md";
const STORAGE = "https://storage.azure.com/.default";
const blocks = documents()
  .filter(({ path }) => path === PAGE)
  .flatMap(blocksOf);
const OF_RUNTIME = `${PAGE}: Microsoft's runtime instead`;
const ofTheSystem = blocks.filter(({ name }) => name !== OF_RUNTIME);
const GENERATIONS: readonly Generation[] = ["java", "cpp", "himmelblau"];

/** What a block prints: the same on each system, since none of them goes to the browser. */
const PRINTED: Readonly<Record<string, readonly string[]>> = {
  [`${PAGE}: The broker of Windows`]: CONTAINERS,
  [`${PAGE}: Linux`]: CONTAINERS,
};

describe.runIf(hasBus)("the examples of the page on the brokers", () => {
  let machine: ReadersMachine;
  let workshop: Workshop;
  beforeAll(async () => {
    [machine, workshop] = await Promise.all([startReadersMachine(), layOut("broker-page", blocks)]);
  });
  afterAll(() => machine?.[Symbol.asyncDispose]());

  async function runOf(block: CodeBlock, broker: Readonly<Record<string, string>>) {
    const home = await machine.newHome();
    // The brokers serve Microsoft's own clouds: the authority is the real one's host, which nobody asks.
    const { AZURE_AUTHORITY_HOST: _, BROWSER: __, ...env } = machine.environment(home);
    const { code, stdout, stderr } = await runModule({
      module: join(workshop.folder, workshop.moduleOf(block)),
      env: { ...env, BROWSER: "/nobody/opens/a-browser", ...broker },
      folder: home,
      follow: () => () => {},
    });
    return {
      code,
      stderr,
      printed: stdout.split("\n").filter(Boolean),
      strangers: machine.proxy.strangers,
    };
  }

  function endOf({ name }: CodeBlock) {
    return { code: 0, stderr: "", printed: PRINTED[name] ?? [], strangers: [] };
  }

  test("are all known here", () => {
    expect(blocks.length).toBeGreaterThan(6);
    const names = blocks.map(({ name }) => name);
    for (const name of [OF_RUNTIME, ...Object.keys(PRINTED)]) expect(names).toContain(name);
  });

  describe.each(GENERATIONS)("Linux, a broker %s", (generation) => {
    test.for(ofTheSystem)("$name", async (block) => {
      const bus = await startBus();
      const broker = new FakeLinuxBroker({ generation, mint: mintedBy(machine.azure.emulator) });
      broker.accounts = [person()];
      broker.person = broker.accounts[0];
      await broker.start(bus.path);
      try {
        expect(await runOf(block, { ...bus.env, DISPLAY: ":0" })).toEqual(endOf(block));
        const isAsked = !block.name.includes("msal-node");
        expect(broker.called.length > 0).toBe(isAsked);
      } finally {
        broker.stop();
        await bus[Symbol.asyncDispose]();
      }
    });
  });

  test.for(ofTheSystem)("WSL: $name", async (block) => {
    const { accessToken } = await mintedBy(machine.azure.emulator)(person(), {
      clientId: machine.azure.emulator.defaults.clientId,
      tenantId: person().tenantId,
      scopes: [STORAGE],
    });
    const windows = await fakeWindows({ token: accessToken });
    try {
      expect(await runOf(block, { ...windows.env, DBUS_SESSION_BUS_ADDRESS: "" })).toEqual(endOf(block));
      expect(windows.started).toHaveLength(block.name.includes("msal-node") ? 0 : 1);
    } finally {
      await windows[Symbol.asyncDispose]();
    }
  });

  test("macOS, with Microsoft's runtime", async () => {
    const block = blocks.find(({ name }) => name === OF_RUNTIME)!;
    const preload = fileURLToPath(new URL("reader/mac-with-runtime.ts", import.meta.url));
    expect(await runOf(block, { NODE_OPTIONS: `--import=${preload}` })).toEqual(endOf(block));
  });

  function person(): FakeAccount {
    const { username, objectId, tenantId } = machine.azure.emulator.defaults.account;
    return { username, objectId, tenantId, name: "Ada Byron" };
  }
});
