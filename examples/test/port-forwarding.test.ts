import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { blocksOf, commandBlocksOf, documents } from "./documents.ts";
import { startReadersMachine } from "./reader/readers-machine.ts";
import { hasSsh, sshHost } from "./reader/ssh-host.ts";
import { layOut } from "./workshop.ts";

const PAGE = documents().find(({ path }) => path === "docs/wsl-ssh-containers.md")!;
const FORWARD = "docs/wsl-ssh-containers.md: SSH";
const PORT = "8400";

if (!hasSsh()) console.warn("Skipped: it takes OpenSSH's server, and the right to make a network for it.");

test.runIf(hasSsh())(
  "the answer of the browser comes back over the port that the page's ssh forwards",
  async () => {
    await using machine = await startReadersMachine();
    const folder = mkdtempSync(join(tmpdir(), "entrada-ssh-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const host = sshHost(folder);
    // The page says to choose a port of one's own: other tests have this one.
    const port = await freePort();
    const own = (text: string): string => text.replaceAll(PORT, port);
    const command = commandBlocksOf(PAGE).find(({ name }) => name === FORWARD)!;
    const block = blocksOf(PAGE).find(({ name }) => name === FORWARD)!;
    const module = { ...block, code: own(block.code) };
    const workshop = await layOut("port-forwarding", [module]);

    const [program = "", ...words] = own(command.text).trim().split(" ");
    const home = await machine.newHome();
    const env = { ...machine.environment(home), BROWSER: "" };
    // The host has no network but this: the authority and the proxy of the test are reached the other way round.
    const back = [machine.azure.emulator.authorityHost, machine.proxy.url].map((url) => new URL(url).port);
    const remote = [
      ...Object.entries(env).flatMap(([name, value]) => (value ? [`${name}=${value}`] : [])),
      process.execPath,
      "--disable-warning=ExperimentalWarning",
      join(workshop.folder, workshop.moduleOf(module)),
    ];
    const child = spawn(program, [
      ...host.options,
      ...back.flatMap((each) => ["-R", `${each}:localhost:${each}`]),
      ...words,
      `env ${remote.map((word) => `'${word}'`).join(" ")}`,
    ]);
    onTestFinished(() => void child.kill());
    const screen = machine.reader.follow(() => {});
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => screen((said += text)));
    const [code] = (await once(child, "close")) as [number | null];
    await machine.reader.settled();
    const log = (): string => readFileSync(join(folder, "sshd.log"), "utf8");
    expect([code, said], code === 0 ? "" : log()).toEqual([
      0,
      expect.stringMatching(/^Open this page on your own machine:\nhttps:\S+\n$/),
    ]);
    const { visits } = machine.azure.emulator.person;
    expect(visits.map(({ outcome }) => outcome)).toEqual(["answered"]);
  },
);

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "localhost");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return String(port);
}
