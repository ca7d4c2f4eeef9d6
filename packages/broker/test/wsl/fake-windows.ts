import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What the Windows outside does, in words that go with the environment. */
export interface WindowsScript {
  /** The person, in the dialog. */
  readonly move?: "approve" | "cancel" | "ignore";
  /** The helper ends in the middle of its first request of this mode; those that are started later do not. */
  readonly diesAt?: "silent" | "window";
  /** The program that Node.js for Windows is: it has no native module that it can use, says something else, or ends. */
  readonly start?: "unloadable" | "without addon" | "older addon" | "noise" | "ends";
  /** The access token of every answer: one that a resource takes. @defaultValue one that nobody has signed */
  readonly token?: string;
}

/** A WSL whose Windows is another Node.js of this machine, with a fake of WAM in it. */
export interface FakeWindows extends AsyncDisposable {
  readonly node: string;
  readonly env: Readonly<Record<string, string>>;
  /** What stood on the command line of each helper. */
  readonly started: readonly string[];
  /** Those that run now. */
  readonly running: ReadonlySet<Socket>;
  /** Resolves when the next one comes. */
  next(): Promise<Socket>;
}

const agent = fileURLToPath(new URL("fake-windows-agent.ts", import.meta.url));

/** Starting something under the name of node.exe is all that interop is to us. */
export async function fakeWindows(script: WindowsScript = {}): Promise<FakeWindows> {
  const folder = mkdtempSync(join(tmpdir(), "entrada-wsl-"));
  const node = join(folder, "node.exe");
  const log = join(folder, "started");
  const door = join(folder, "door");
  program(node, [
    `echo "$@" >> "${log}"`,
    ...(script.start === "ends" ? ["echo no such module >&2", "exit 3"] : []),
    ...(script.start === "noise" ? ["echo Hello, world.", "exec cat"] : []),
    `exec "${process.execPath}" --disable-warning=ExperimentalWarning "${agent}"`,
  ]);
  program(join(folder, "wslpath"), ['[ "$1" = -w ] && echo "$2"']);
  const running = new Set<Socket>();
  const server: Server = createServer((socket) => {
    running.add(socket);
    socket.on("close", () => running.delete(socket));
    socket.on("error", () => {});
    socket.resume();
  });
  server.listen(door);
  await once(server, "listening");
  return {
    node,
    running,
    env: {
      PATH: `${folder}:${process.env["PATH"] ?? ""}`,
      WSL_DISTRO_NAME: "Debian",
      FAKE_WINDOWS: JSON.stringify({ ...script, door }),
    },
    get started() {
      return existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
    },
    async next() {
      const [socket] = (await once(server, "connection")) as [Socket];
      return socket;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of running) socket.destroy();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function program(path: string, lines: readonly string[]): void {
  writeFileSync(path, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(path, 0o755);
}
