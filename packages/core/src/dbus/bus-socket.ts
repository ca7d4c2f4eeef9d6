import type { Socket } from "node:net";
import { BusError } from "./bus-error.ts";

/** A connection that the bus has taken, and what it has sent already. */
export interface OpenSocket {
  readonly socket: Socket;
  readonly received: Buffer;
}

const LONGEST_LINE = 512;

/**
 * Connects to a bus and passes its "Authentication Protocol": the kernel tells the bus who we are; no password is
 * involved.
 * @throws BusError when there is no bus at the path, it does not take this user, or the signal aborts
 */
export function openBusSocket(path: string, signal?: AbortSignal): Promise<OpenSocket> {
  const socket = process.getBuiltinModule("node:net").connect({ path });
  let received: Buffer = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      signal?.removeEventListener("abort", abort);
      socket.off("data", listen).off("error", fail).off("close", end);
    };
    const refuse = (error: BusError): void => {
      settle();
      // It may still fail while it closes, and an unheard "error" would end the process.
      socket.on("error", () => {}).destroy();
      reject(error);
    };
    const abort = (): void => refuse(new BusError("Nobody waits for the bus any more"));
    const fail = (error: Error): void => refuse(new BusError("The bus cannot be reached", undefined, error));
    const end = (): void => refuse(new BusError("The bus has closed the connection"));
    const listen = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      const length = received.indexOf("\r\n");
      if (length < 0 && received.length < LONGEST_LINE) return;
      if (!received.toString("latin1", 0, Math.max(length, 0)).startsWith("OK ")) {
        return refuse(new BusError("The bus does not take this user"));
      }
      settle();
      socket.pause();
      socket.write("BEGIN\r\n");
      resolve({ socket, received: received.subarray(length + 2) });
    };
    socket.on("data", listen).on("error", fail).on("close", end);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort, { once: true });
    const user = Buffer.from(String(process.geteuid?.() ?? 0)).toString("hex");
    socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
  });
}
