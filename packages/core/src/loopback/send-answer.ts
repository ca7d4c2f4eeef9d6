import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock.ts";
import { type Page } from "../pages/result-page.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";

const MOST_UNREAD_BYTES = 1024 * 1024;
const LONGEST_UNREAD_IN_MS = 1000;

/** A request whose body nobody has read. */
export interface UnreadRequest {
  readonly request: IncomingMessage;
  readonly clock: Clock;
}

/** Each of these settles when the answer was handed to the system, or nobody is there any more to take it. */
export async function sendPage(response: ServerResponse, page: Page, unread?: UnreadRequest): Promise<void> {
  const policy = { "Content-Security-Policy": page.contentSecurityPolicy };
  if (!begin(response, 200, "text/html; charset=utf-8", page.html, policy)) return;
  if (unread !== undefined) await drop(unread.request, unread.clock);
  await end(response);
}

/** Says yes, and nothing else. */
export async function sendNothing(response: ServerResponse): Promise<void> {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(204, { ...ANSWER_HEADERS });
  await end(response);
}

/** Sends the browser on, so that what was in this URL does not stay in its history (RFC 9700 section 4.3.1). */
export async function sendElsewhere(response: ServerResponse, location: string): Promise<void> {
  if (begin(response, 303, "text/plain; charset=utf-8", "", { Location: location })) await end(response);
}

/**
 * A refusal: one line of our own words, never anything of the request. A body that is still on its way is read and
 * dropped for a moment, because closing a connection with unread bytes would take the answer back.
 */
export async function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  request: IncomingMessage,
  clock: Clock,
): Promise<void> {
  const headers: Readonly<Record<string, string>> = status === 405 ? { Allow: "GET, POST" } : {};
  if (!begin(response, status, "text/plain; charset=utf-8", `${text}\n`, headers)) return;
  await drop(request, clock);
  await end(response);
}

function begin(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): boolean {
  if (response.destroyed || response.headersSent) return false;
  const bytes = Buffer.from(body, "utf8");
  response.writeHead(status, {
    ...ANSWER_HEADERS,
    ...headers,
    "Content-Type": contentType,
    "Content-Length": bytes.length,
  });
  if (bytes.length > 0) response.write(bytes);
  return true;
}

function end(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    response.once("close", resolve);
    response.end();
  });
}

function drop(request: IncomingMessage, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    if (request.complete || request.destroyed) {
      request.resume();
      return resolve();
    }
    const limit = clock.after(LONGEST_UNREAD_IN_MS, resolve);
    const stop = (): void => {
      limit.cancel();
      resolve();
    };
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      // The sender has its answer; from here on it has to wait for nothing.
      if (size > MOST_UNREAD_BYTES) request.pause();
    });
    request.once("end", stop);
    request.once("close", stop);
    request.resume();
  });
}
