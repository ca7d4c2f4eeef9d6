import { connect, createServer, type Server, type Socket } from "node:net";
import { cacheError, systemCode } from "../cache-error.ts";
import type { ProcessLock } from "./process-lock.ts";

const PID_LINE = /^(\d{1,10})\n/;

// A name that is shorter than the longest of Linux is another name to each runtime: Node.js 20 fills it with zeros, and
// Bun cannot have the longest (unix(7): sun_path has 108 bytes, of which the first is zero). So it is held in two lengths,
// of which any two runtimes agree about one, but for Bun beside Node.js 20.
const LENGTHS = [107, 106] as const;
const TOO_LONG: ReadonlySet<string> = new Set(["EINVAL", "ENAMETOOLONG"]);

/**
 * The lock is a listening socket of Linux's abstract namespace: one process can listen on a name, no file is left, and
 * the kernel closes it with the process. To whoever connects, the owner says its pid.
 */
export function socketLock(name: string): ProcessLock {
  const [longest, shorter] = LENGTHS.map((length) => `\0${name.padEnd(length, "-")}`) as [string, string];
  return {
    async tryAcquire() {
      const first = await listen(longest);
      if (first === "taken") return undefined;
      const second = await listen(shorter).catch(async (error: unknown) => {
        await close(first);
        throw error;
      });
      if (second !== "taken")
        return { release: async () => void (await Promise.all([first, second].map(close))) };
      await close(first);
      return undefined;
    },
    owner: async (limitInMs) => (await askOwner(longest, limitInMs)) ?? askOwner(shorter, limitInMs),
  };
}

interface Listening {
  readonly server: Server;
  readonly asking: ReadonlySet<Socket>;
}

/** `undefined`: this runtime cannot have a name of this length. */
function listen(path: string): Promise<Listening | "taken" | undefined> {
  return new Promise((resolve, reject) => {
    const asking = new Set<Socket>();
    const server = createServer((socket) => {
      asking.add(socket);
      // Who asks may leave before the answer.
      socket.on("error", () => {});
      socket.once("close", () => asking.delete(socket));
      socket.end(`${process.pid}\n`);
    });
    server.once("error", (error) => {
      const code = systemCode(error) ?? "";
      if (code === "EADDRINUSE") resolve("taken");
      else if (TOO_LONG.has(code) && path.length > LENGTHS[1] + 1) resolve(undefined);
      else reject(lockUnavailable(error));
    });
    server.listen({ path, exclusive: true }, () => resolve({ server, asking }));
  });
}

function close(listening: Listening | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (!listening) return resolve();
    // The only error would be that it was closed before.
    listening.server.close(() => resolve());
    for (const socket of listening.asking) socket.destroy();
  });
}

function askOwner(path: string, limitInMs: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    const timer = setTimeout(() => socket.destroy(), limitInMs);
    let said = "";
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      said += text;
      if (said.length > 16 || said.includes("\n")) socket.destroy();
    });
    // Refused: the owner has just left, and nobody needs to know its pid any more.
    socket.on("error", () => {});
    socket.once("close", () => {
      clearTimeout(timer);
      const pid = PID_LINE.exec(said)?.[1];
      resolve(pid === undefined ? undefined : Number(pid));
    });
  });
}

function lockUnavailable(cause: unknown): Error {
  return cacheError(
    "cache_unwritable",
    "The token cache cannot be locked on this system",
    "Allow local sockets in this sandbox, or use a cache in memory",
    cause,
  );
}
