import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import type { Told } from "./children/ask.ts";
import { temporaryFolder } from "./support/cache-fixture.ts";

const PROGRAM = fileURLToPath(new URL("children/ask.ts", import.meta.url));

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  emulator = await startEmulator();
  folder = await temporaryFolder();
  await writeFile(join(folder, "ca.pem"), emulator.certificateAuthority);
});
afterEach(() => emulator[Symbol.asyncDispose]());

interface Asking {
  readonly process: ChildProcess;
  readonly told: Told[];
  /** What it does first of these. */
  first(...did: readonly Told["did"][]): Promise<Told>;
}

/** A process that wants a token, and its way to the person, who has not looked yet. */
function ask(): Asking {
  const child = fork(PROGRAM, [emulator.authorityHost, join(folder, "cache")], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const told: Told[] = [];
  child.on("message", (message: Told) => told.push(message));
  return {
    process: child,
    told,
    async first(...did) {
      for (;;) {
        const found = told.find((each) => did.includes(each.did));
        if (found) return found;
        await once(child, "message");
      }
    },
  };
}

const windows = (processes: readonly Asking[]): number =>
  processes.flatMap(({ told }) => told).filter(({ did }) => did === "window").length;

test("four processes with one cache open one window, and the sign-in serves them all", async () => {
  const four = [ask(), ask(), ask(), ask()];
  // The person comes when each of them has asked, or waits for the one that does.
  const seen = await Promise.all(four.map((each) => each.first("window", "waits", "failed")));
  const [page] = seen.filter((each) => each.did === "window");
  await emulator.person.openBrowser(page!.url);
  const ends = await Promise.all(four.map((each) => each.first("has", "failed")));
  expect(ends.map(({ did }) => did)).toEqual(["has", "has", "has", "has"]);
  expect(windows(four)).toBe(1);
  expect(emulator.person.visits).toHaveLength(1);
});

test("when the process that asks is killed, the next one asks", async () => {
  const first = ask();
  await first.first("window");
  const second = ask();
  await second.first("waits");
  first.process.kill("SIGKILL");
  const page = await second.first("window", "failed");
  if (page.did === "window") await emulator.person.openBrowser(page.url);
  expect(await second.first("has", "failed")).toMatchObject({ did: "has" });
});
