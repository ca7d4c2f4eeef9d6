import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { secretServiceKeyStore } from "../src/keys/secret-service/secret-service-key-store.ts";
import { failureOf, temporaryFolder } from "./support/cache-fixture.ts";
import { isInstalled } from "./support/is-installed.ts";
import { runChild, startChild } from "./support/run-child.ts";

interface Answer {
  readonly read?: string;
  readonly readInMs?: number;
  readonly error?: string;
  readonly warnings: readonly string[];
}

const ITEM = { service: "Entrada token cache", account: "test" };
const hasKeyring = process.platform === "linux" && isInstalled("gnome-keyring-daemon", "dbus-run-session");
const hasSecretTool = hasKeyring && isInstalled("secret-tool");
const BUS_WITHOUT_SERVICES = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`;
const UNLOCKED = 'printf "password\\n" | gnome-keyring-daemon --unlock --components=secrets >&2; "$@"';
const LOCKED = 'gnome-keyring-daemon --start --components=secrets >&2; "$@"';

if (!hasKeyring)
  console.warn("Skipped: the tests on a real keyring need gnome-keyring and dbus-run-session (Linux).");

if (hasKeyring && !hasSecretTool)
  console.warn("Skipped: the test that counts a keyring's items needs secret-tool (libsecret-tools).");

describe.runIf(hasKeyring)("a real gnome-keyring", () => {
  test("keeps the key, and the file holds nothing in clear", async () => {
    const session = await newSession();
    const answer = await session.run(UNLOCKED, "require");
    expect(answer).toMatchObject({ read: "content", warnings: [] });
    expect(session.grep("content")).toBe("");
  });

  test("serves the next session, too", async () => {
    const session = await newSession();
    await session.run(UNLOCKED, "require");
    expect(await session.run(UNLOCKED, "require")).toMatchObject({ read: "content" });
  });

  test.runIf(hasSecretTool)("holds one item for one cache, and none after clear", async () => {
    const session = await newSession();
    const count =
      '"$@" > "$OUT"; secret-tool search --all service "Entrada token cache" 2>/dev/null | grep -c "^label" >> "$OUT"; cat "$OUT"';
    const kept = await session.lines(UNLOCKED.replace('"$@"', count), "require");
    expect(kept.at(-1)).toBe("1");
    const cleared = await session.lines(UNLOCKED.replace('"$@"', count), "require", "clear");
    expect(cleared.at(-1)).toBe("0");
  });

  test("that is locked, with nobody to unlock it, is typed and leaves the file alone", async () => {
    const session = await newSession();
    await session.run(UNLOCKED, "require");
    for (const protection of ["require", "prefer"]) {
      expect(await session.run(LOCKED, protection)).toMatchObject({ error: "cache_unreadable" });
    }
    expect(await session.run(UNLOCKED, "require")).toMatchObject({ read: "content" });
  });

  test("that nobody offers on the bus is none", async () => {
    const config = join(await temporaryFolder(), "bus.conf");
    await writeFile(config, BUS_WITHOUT_SERVICES);
    const session = await newSession([`--config-file=${config}`]);
    const answer = await session.run('"$@"', "require");
    expect(answer).toMatchObject({ error: "cache_no_encryption" });
  });

  test("without a default keyring is none", async () => {
    const session = await newSession();
    expect(await session.run(LOCKED, "require")).toMatchObject({ error: "cache_no_encryption" });
    expect(await session.run(LOCKED, "prefer")).toMatchObject({ read: "content", warnings: ["cache_plain"] });
  });
});

describe.runIf(process.platform === "linux")("a bus that does not serve", () => {
  test("is absent: there is no keyring", async () => {
    for (const env of [
      {},
      { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere" },
      { XDG_RUNTIME_DIR: "/nowhere" },
    ]) {
      const failure = await failureOf(secretServiceKeyStore(ITEM, { env }).read());
      expect(failure).toMatchObject({ code: "cache", detail: "cache_no_encryption" });
    }
  });

  test.each([
    ["refuses this user", "REJECTED EXTERNAL\r\n", "cache_no_encryption"],
    ["talks without end", "x".repeat(5000), "cache_no_encryption"],
    ["says what is no D-Bus message", `OK 1234\r\n${"\xff".repeat(64)}`, "cache_no_encryption"],
  ])("%s", async (_, said, detail) => {
    const { env } = await fakeBus((socket) => socket.write(said, "latin1"));
    expect(await failureOf(secretServiceKeyStore(ITEM, { env }).read())).toMatchObject({ detail });
  });

  test("hangs: the call ends when it is given up, and leaves no connection", async () => {
    const { env, connections } = await fakeBus(() => {});
    const abort = new AbortController();
    const failure = failureOf(secretServiceKeyStore(ITEM, { env }).read(abort.signal));
    const socket = await connections;
    const closed = once(socket.resume(), "close");
    abort.abort();
    expect(await failure).toMatchObject({ code: "cache" });
    await closed;
  });

  test("is not asked at all once nobody waits", async () => {
    const { env } = await fakeBus(() => {});
    const failure = await failureOf(secretServiceKeyStore(ITEM, { env }).read(AbortSignal.abort()));
    expect(failure).toMatchObject({ code: "cache" });
  });
});

/** A home of its own with a keyring of its own. */
async function newSession(busOptions: readonly string[] = []) {
  const home = await temporaryFolder();
  const runtime = join(home, "run");
  const directory = join(home, "cache");
  await mkdir(runtime, { mode: 0o700 });
  await writeFile(join(home, "out"), "");
  const env = {
    ...process.env,
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: home,
    OUT: join(home, "out"),
  };
  const under = (script: string) => [
    "dbus-run-session",
    ...busOptions,
    "--",
    "bash",
    "-c",
    `{ ${script}; } 2>/dev/null`,
    "bash",
  ];
  return {
    run: (script: string, ...args: readonly string[]) =>
      runChild<Answer>("real-keyring", [directory, ...args], { env, under: under(script) }),
    lines: async (script: string, ...args: readonly string[]) => {
      const child = startChild("real-keyring", [directory, ...args], { env, under: under(script) });
      return (await child.output).trim().split("\n");
    },
    grep: (marker: string) =>
      execFileSync("sh", ["-c", `grep -rl "$0" "$1" || true`, marker, directory], { encoding: "utf8" }),
  };
}

async function fakeBus(answer: (socket: Socket) => void) {
  const path = join(await temporaryFolder(), "bus");
  const server = createServer().listen(path);
  await once(server, "listening");
  const connections = once(server, "connection").then(([socket]) => socket as Socket);
  server.on("connection", (socket) => {
    socket.on("error", () => {});
    onTestFinished(() => void socket.destroy());
    answer(socket);
  });
  onTestFinished(() => void server.close());
  return { env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` }, connections };
}
