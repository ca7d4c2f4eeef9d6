import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Told } from "./client-program.ts";
import { API, startToolServer, type ToolServer } from "./tool-server.ts";

const program = fileURLToPath(new URL("client-program.ts", import.meta.url));

let emulator: Emulator;
let folder: string;
let server: ToolServer;
let programs: Program[];

beforeEach(async () => {
  emulator = await startEmulator({ resources: [API] });
  emulator.trust();
  folder = mkdtempSync(join(tmpdir(), "entrada-mcp-"));
  writeFileSync(join(folder, "ca.pem"), emulator.certificateAuthority);
  server = await startToolServer(() => ({
    tenantId: emulator.defaults.tenantId,
    audience: [API.appId, API.uri],
    authorityHost: emulator.authorityHost,
    scopes: `${API.uri}/Tools.Use`,
  }));
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map((each) => each.end()));
  await server[Symbol.asyncDispose]();
  await emulator[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** A process of its own with a client of its own. */
class Program {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #told: Told[] = [];
  readonly #waiting = new Set<() => void>();
  #isOver = false;

  constructor() {
    this.#child = fork(program, [server.url.href, `${API.uri}/.default`, join(folder, "cache")], {
      env: {
        ...process.env,
        AZURE_AUTHORITY_HOST: emulator.authorityHost,
        AZURE_TENANT_ID: emulator.defaults.tenantId,
        NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"),
      },
      execArgv: [],
    });
    this.#child.on("message", (told: Told) => {
      this.#told.push(told);
      this.#wake();
    });
    this.#ended = once(this.#child, "exit").then(() => {
      this.#isOver = true;
      this.#wake();
    });
    programs.push(this);
  }

  /** The first that it told of a type. @throws Error where it ended without */
  async told<T extends Told["type"]>(type: T): Promise<Extract<Told, { type: T }>> {
    for (;;) {
      const found = this.#told.find((each): each is Extract<Told, { type: T }> => each.type === type);
      if (found) return found;
      if (this.#isOver) throw new Error(`The program has ended, and told only ${JSON.stringify(this.#told)}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  get pages(): number {
    return this.#told.filter(({ type }) => type === "page").length;
  }

  /** Lets it call the server's tool. */
  call(): void {
    this.#child.send("call");
  }

  async end(): Promise<void> {
    if (!this.#isOver) this.#child.kill();
    await this.#ended;
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

test("one program after the other: a person signs in once, for both", async () => {
  const one = new Program();
  await one.told("ready");
  one.call();
  await emulator.person.openBrowser((await one.told("page")).url);
  expect((await one.told("answer")).text).toBe(emulator.defaults.account.username);
  const two = new Program();
  await two.told("ready");
  two.call();
  expect((await two.told("answer")).text).toBe(emulator.defaults.account.username);
  await emulator.person.settled();
  expect([one.pages, two.pages, emulator.person.visits.length]).toEqual([1, 0, 1]);
});

test("two programs at the same time: one of them asks, and the other waits for what comes of it", async () => {
  const both = [new Program(), new Program()] as const;
  await Promise.all(both.map((each) => each.told("ready")));
  for (const each of both) each.call();
  const asking = await Promise.race(both.map((each) => each.told("page").then(() => each)));
  const waiting = both.find((each) => each !== asking)!;
  // The person is shown the page only once the other one has seen that somebody is being asked.
  await waiting.told("signing_in_elsewhere");
  await emulator.person.openBrowser((await asking.told("page")).url);
  const answers = await Promise.all(both.map((each) => each.told("answer")));
  expect(answers.map(({ text }) => text)).toEqual(both.map(() => emulator.defaults.account.username));
  await emulator.person.settled();
  expect([asking.pages, waiting.pages, emulator.person.visits.length]).toEqual([1, 0, 1]);
});
