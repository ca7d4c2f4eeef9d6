import type { Duplex } from "node:stream";
import type { Clock } from "../clock.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";

const MOST_UNREAD_BYTES = 4 * 1024 * 1024;
const LONGEST_UNREAD_IN_MS = 1000;
const STATUS_LINES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Content Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

const HEADER_LINES = Object.entries(ANSWER_HEADERS)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join("");

/**
 * Answers what is not HTTP, is too large or too slow. The error carries the bytes that came, so it is neither kept
 * nor told to anybody.
 */
export function refuseUnparsed(error: NodeJS.ErrnoException, socket: Duplex, clock: Clock): void {
  if (socket.destroyed) return;
  // The parser complains again about every further chunk of the same bad request.
  if (!socket.writable || error.code === "ECONNRESET") {
    if (error.code === "ECONNRESET" || bytesRead(socket) > MOST_UNREAD_BYTES) socket.destroy();
    return;
  }
  const status = STATUS_LINES[error.code ?? ""] ?? "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\n${HEADER_LINES}Content-Length: 0\r\n\r\n`);
  const limit = clock.after(LONGEST_UNREAD_IN_MS, () => socket.destroy());
  socket.once("close", () => limit.cancel());
}

// RFC 8446, section 5.1: the first byte of a record of a handshake.
const TLS_HANDSHAKE = 0x16;

/** Whether the bytes that are no HTTP are the greeting of TLS: a browser that was told `https` or chose it itself. */
export function isTlsGreeting(error: NodeJS.ErrnoException & { readonly rawPacket?: unknown }): boolean {
  return error.rawPacket instanceof Uint8Array && error.rawPacket[0] === TLS_HANDSHAKE;
}

function bytesRead(socket: Duplex): number {
  return (socket as { bytesRead?: number }).bytesRead ?? 0;
}
