import { connect, type Socket } from "node:net";
import { once } from "node:events";

/** What came back over a socket until it was closed. */
export interface RawAnswer {
  /** 0: closed without a status line. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Everything, for searching. */
  readonly text: string;
}

/** Sends bytes as they are, and reads until the listener closes the connection. */
export async function exchange(
  port: number,
  bytes: string | Uint8Array | readonly (string | Uint8Array)[],
  host = "127.0.0.1",
): Promise<RawAnswer> {
  const socket = connect({ port, host, noDelay: true });
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  // A reset after the answer is the listener's right; what counts is what was readable before.
  socket.on("error", () => {});
  const gone = closed(socket);
  const parts = Array.isArray(bytes)
    ? (bytes as readonly (string | Uint8Array)[])
    : [bytes as string | Uint8Array];
  for (const part of parts) await Promise.race([written(socket, part), gone]);
  await gone;
  return parse(Buffer.concat(chunks).toString("utf8"));
}

/** Opens a connection and says nothing, or only the beginning of something. */
export async function halfOpen(port: number, bytes = ""): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => {});
  socket.resume();
  await once(socket, "connect");
  if (bytes !== "") socket.write(bytes);
  return socket;
}

/** Settles when the connection is gone, however it went. */
export async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
}

export interface RequestParts {
  readonly method?: string;
  readonly target?: string;
  /** Whole header lines; `Host` is added unless `host` is null. */
  readonly headers?: readonly string[];
  readonly host?: string | null;
  readonly body?: string;
}

/** A request text with a right Host and, for a body, a right length and content type. */
export function request(port: number, parts: RequestParts = {}): string {
  const { method = "GET", target = "/", headers = [], host = `localhost:${port}`, body } = parts;
  const typed = headers.some((line) => /^content-type:/i.test(line));
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(host === null ? [] : [`Host: ${host}`]),
    ...headers,
    ...(body === undefined || typed ? [] : ["Content-Type: application/x-www-form-urlencoded"]),
    ...(body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return `${lines.join("\r\n")}\r\n\r\n${body ?? ""}`;
}

/** The authority's form post, as a browser sends it. */
export function formPost(port: number, parameters: Readonly<Record<string, string>>, target = "/"): string {
  return request(port, {
    method: "POST",
    target,
    headers: ["Origin: https://login.microsoftonline.com", "Sec-Fetch-Site: cross-site"],
    body: new URLSearchParams(parameters).toString(),
  });
}

function written(socket: Socket, part: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    socket.write(part, () => resolve());
  });
}

function parse(text: string): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = text.slice(0, end < 0 ? 0 : end).split("\r\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? 0);
  return { status, headers, body: end < 0 ? "" : text.slice(end + 4), text };
}
