import { connect, createServer, type Server, type Socket } from "node:net";
import { cacheError, systemCode } from "../cache-error.ts";
import type { HeldLock, ProcessLock } from "./process-lock.ts";

const PID_LINE = /^(\d{1,10})\n/;

/**
 * The lock is a listening socket of Linux's abstract namespace: one process can listen on a name, no file is left, and
 * the kernel closes it with the process. To whoever connects, the owner says its pid.
 */
export function socketLock(name: string): ProcessLock {
  const path = `\0${name}`;
  return {
    tryAcquire: () =>
      new Promise((resolve, reject) => {
        const asking = new Set<Socket>();
        const server = createServer((socket) => {
          asking.add(socket);
          // Who asks may leave before the answer.
          socket.on("error", () => {});
          socket.once("close", () => asking.delete(socket));
          socket.end(`${process.pid}\n`);
        });
        server.once("error", (error) => {
          if (systemCode(error) === "EADDRINUSE") resolve(undefined);
          else reject(lockUnavailable(error));
        });
        server.listen({ path, exclusive: true }, () => resolve(held(server, asking)));
      }),
    owner: (limitInMs) => askOwner(path, limitInMs),
  };
}

function held(server: Server, asking: ReadonlySet<Socket>): HeldLock {
  return {
    release: () =>
      new Promise((resolve) => {
        // The only error would be that it was closed before.
        server.close(() => resolve());
        for (const socket of asking) socket.destroy();
      }),
  };
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
