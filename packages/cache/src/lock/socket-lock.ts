import { connect, createServer, type Server, type Socket } from "node:net";
import { cacheError, systemCode } from "../cache-error.ts";
import type { LockWait } from "./lock-wait.ts";
import type { HeldLock, ProcessLock } from "./process-lock.ts";

// Waiters are woken all at once; a random delay up to this lets one of them through before the others look.
const SPREAD_IN_MS = 4;
const LONGEST_PID = 16;

/**
 * The lock is a listening socket without a file: on Linux a socket of the abstract namespace, on Windows a named
 * pipe. One process can listen on an address; whoever waits stays connected to it, sleeps, and is woken when the
 * kernel closes the connection.
 */
export function socketLock(address: string): ProcessLock {
  return {
    async acquire(wait: LockWait) {
      for (;;) {
        wait.check();
        const held = await listenOn(address);
        if (held) return held;
        await ownerLeft(address, wait);
        wait.check();
        await wait.pause(Math.random() * SPREAD_IN_MS);
      }
    },
  };
}

/** `undefined` when somebody else listens there. */
function listenOn(address: string): Promise<HeldLock | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<Socket>();
    const server = createServer((socket) => {
      waiting.add(socket);
      // A waiter may give up at any time.
      socket.on("error", () => {});
      socket.once("close", () => waiting.delete(socket));
      socket.write(`${process.pid}\n`);
    });
    server.once("error", (error) => {
      if (systemCode(error) === "EADDRINUSE") resolve(undefined);
      else reject(lockUnavailable(error));
    });
    server.listen({ path: address, exclusive: true }, () => resolve(held(server, waiting)));
  });
}

function held(server: Server, waiting: ReadonlySet<Socket>): HeldLock {
  return {
    release: () =>
      new Promise((resolve) => {
        // The only error is that it was closed before.
        server.close(() => resolve());
        for (const socket of waiting) socket.destroy();
      }),
  };
}

/** Waits until whoever listens on the address no longer does, and learns its pid. */
function ownerLeft(address: string, wait: LockWait): Promise<void> {
  return wait.until((resume) => {
    const socket = connect({ path: address });
    let said = "";
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      said = (said + text).slice(0, LONGEST_PID);
      const pid = /^(\d{1,10})\n/.exec(said)?.[1];
      if (pid !== undefined) wait.owner = Number(pid);
    });
    // Refused: the owner has just left. Anything else shows at the next try to listen.
    socket.on("error", () => {});
    socket.once("close", resume);
    return () => socket.destroy();
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
