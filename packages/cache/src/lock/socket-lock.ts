import { connect, createServer, type Server, type Socket } from "node:net";
import { cacheError, systemCode } from "../cache-error.ts";
import { isListenedOn } from "./listening-names.ts";
import type { ProcessLock } from "./process-lock.ts";

const PID_LINE = /^(\d{1,10})\n/;

// A name that is shorter than the longest of Linux is another name to each runtime: Node.js 20 fills it with zeros, and
// Bun cannot have the longest (unix(7): sun_path has 108 bytes, of which the first is zero). So it is held in two lengths.
const LENGTHS = [107, 106] as const;
const TOO_LONG: ReadonlySet<string> = new Set(["EINVAL", "ENAMETOOLONG"]);
const FIRST_WITHOUT_ZEROS = 22;

/** Those that a runtime of this version may have; what it cannot have after all it says itself. */
export function lengthsOf(node: string = process.versions.node): readonly number[] {
  return Number.parseInt(node, 10) < FIRST_WITHOUT_ZEROS ? LENGTHS.slice(0, 1) : LENGTHS;
}

/**
 * The lock is a listening socket of Linux's abstract namespace: one process can listen on a name, no file is left, and
 * the kernel closes it with the process. To whoever connects, the owner says its pid.
 *
 * Who cannot have one of its two names looks, as soon as it has the other, whether somebody listens on that one: of two
 * who have none in common the later sees the earlier.
 * @param lengths - of the names that this runtime can have
 */
export function socketLock(name: string, lengths: readonly number[] = lengthsOf()): ProcessLock {
  const pathOf = (length: number): string => `\0${name.padEnd(length, "-")}`;
  return {
    async tryAcquire() {
      const held: Listening[] = [];
      const notHere = LENGTHS.filter((length) => !lengths.includes(length)).map(pathOf);
      let isTaken = false;
      try {
        for (const path of lengths.map(pathOf)) {
          const listening = await listen(path);
          if (listening === undefined) notHere.push(path);
          else if (listening !== "taken") held.push(listening);
          isTaken ||= listening === "taken";
          if (isTaken) break;
        }
        isTaken ||= notHere.some((path) => isListenedOn(path));
      } catch (error) {
        await closeAll(held);
        throw error;
      }
      if (!isTaken) return { release: () => closeAll(held) };
      await closeAll(held);
      return undefined;
    },
    owner: async (limitInMs) => {
      const [longest, shorter] = LENGTHS.map(pathOf) as [string, string];
      return (await askOwner(longest, limitInMs)) ?? askOwner(shorter, limitInMs);
    },
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

async function closeAll(all: readonly Listening[]): Promise<void> {
  await Promise.all(all.map(close));
}

function close({ server, asking }: Listening): Promise<void> {
  return new Promise((resolve) => {
    // The only error would be that it was closed before.
    server.close(() => resolve());
    for (const socket of asking) socket.destroy();
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
