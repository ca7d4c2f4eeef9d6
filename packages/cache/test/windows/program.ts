// program.ts DO ARGUMENT [DO ARGUMENT ...]: uses the cache "test" of this Windows user, in its own folder and with its
// own keyring, as an application would; says what came of it. Runs on Windows, or in a Windows node.exe under Wine.
import type { AsyncEntry } from "@napi-rs/keyring";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { join } from "node:path";
import { readMsalCache } from "../../src/index.ts";
import type { OneRecord } from "../support/one-record.ts";
import { openRecord } from "../support/open-record.ts";

/** What this program says at its end. */
export interface Outcome {
  /** What came of each thing to do: the result, "nothing", or the `detail` of the cache's error. */
  readonly said: readonly string[];
  /** The codes of the cache's warnings. */
  readonly warnings: readonly string[];
}

const MSAL_CACHE = "msal.cache.nocae";
const WRITES = 20;
const require = createRequire(import.meta.url);
const warnings: string[] = [];
let cache = open(10_000);

const actions = {
  /** How long it waits for the lock from now on, in ms. */
  patience: async (lockTimeoutInMs) => {
    cache = open(Number(lockTimeoutInMs));
  },

  save: async (content) =>
    cache.withLock(async () => {
      await cache.read();
      await cache.write(Buffer.from(content));
      return "saved";
    }),

  read: async () => text(await cache.read()),

  clear: async () => cache.clear(),

  /** Adds many words, each in an access of its own: "ID-0 ID-1 ...". */
  add: async (id) => {
    for (let n = 0; n < WRITES; n++) {
      await cache.withLock(async () => {
        const before = text(await cache.read());
        await cache.write(Buffer.from(`${before ?? ""} ${id}-${n}`.trim()));
      });
    }
    return "added";
  },

  /** Reads again and again until its parent says a word; nothing that was there may be missing later. */
  watch: async (port) => {
    const parent = await sayReady(port);
    let [known, reads] = [0, 0];
    while (!parent.said) {
      const count = (text(await cache.read()) ?? "").split(" ").filter(Boolean).length;
      if (count < known) return `${known - count} words were gone`;
      [known, reads] = [count, reads + 1];
    }
    return reads > 1 ? "all there" : "too few reads";
  },

  /** Keeps the lock until its parent says "leave" or "die". */
  hold: async (port) =>
    cache.withLock(async () => {
      const parent = await sayReady(port);
      // TerminateProcess: nothing of ours runs any more.
      if ((await parent.word) === "die") process.kill(process.pid, "SIGKILL");
      return "left";
    }),

  /** Puts something else in the place of the key, or nothing. */
  key: async (secret) => {
    const keyring = require("@napi-rs/keyring") as { readonly AsyncEntry: typeof AsyncEntry };
    const entry = new keyring.AsyncEntry("Entrada token cache", "test");
    if (secret) await entry.setPassword(secret);
    else await entry.deletePassword();
  },

  /** Seals a text by the Data Protection API, as MSAL's extensions do for their cache file. */
  protect: async (content) => {
    const extensions = join(require.resolve("@azure/msal-node-extensions/package.json"), "..");
    const { protectData } = require(join(extensions, "bin", process.arch, "dpapi.node")) as {
      protectData(content: Uint8Array, entropy: null, scope: "CurrentUser"): Uint8Array;
    };
    const folder = join(process.env["LOCALAPPDATA"]!, ".IdentityService");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, MSAL_CACHE), protectData(Buffer.from(content), null, "CurrentUser"));
  },

  "read-msal": async () => text(await readMsalCache({ name: MSAL_CACHE })),
} satisfies Record<string, (argument: string) => Promise<string | undefined | void>>;

export type Action = keyof typeof actions;

const said: string[] = [];
for (let index = 2; index < process.argv.length; index += 2) {
  const [action, argument] = process.argv.slice(index, index + 2) as [Action, string];
  try {
    said.push((await actions[action](argument)) ?? "nothing");
  } catch (error) {
    said.push((error as { detail?: string }).detail ?? String(error));
  }
}
console.log(JSON.stringify({ said, warnings } satisfies Outcome));

function open(lockTimeoutInMs: number): OneRecord {
  return openRecord({
    name: "test",
    lockTimeoutInMs,
    onWarning: ({ code }) => warnings.push(code),
  });
}

/** Tells the parent's port that it may go on; what the parent says ends the connection. */
async function sayReady(port: string): Promise<{ readonly said: boolean; readonly word: Promise<string> }> {
  const socket = connect(Number(port), "127.0.0.1");
  const parent = { said: false, word: once(socket, "data").then(([word]) => String(word)) };
  void parent.word.then(() => {
    parent.said = true;
    socket.destroy();
  });
  await once(socket, "connect");
  socket.write("ready");
  return parent;
}

function text(content: Uint8Array | undefined): string | undefined {
  return content && Buffer.from(content).toString("utf8");
}
