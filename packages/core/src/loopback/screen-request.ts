import type { IncomingMessage } from "node:http";

/** What a request to the listener is, before any of it is believed. */
export type ScreenedRequest =
  | { readonly kind: "refused"; readonly status: 400 | 404 | 405 | 415; readonly reason: string }
  /** Somebody looks at the redirect URI by hand, or a browser prefetches it. */
  | { readonly kind: "bare" }
  /** The page behind the redirect that takes a code out of the browser's history. */
  | { readonly kind: "done" }
  | { readonly kind: "query"; readonly parameters: string }
  | { readonly kind: "form" };

export interface ListenerAddress {
  readonly port: number;
  /** The only path that takes answers. */
  readonly path: string;
}

export const DONE_PATH = "/done";

/**
 * Decides by method, Host, target and content type alone. It parses no URL: a request target is whatever somebody
 * cares to send, and it is compared, never interpreted.
 */
export function screenRequest(
  request: Pick<IncomingMessage, "method" | "url" | "headers" | "rawHeaders">,
  address: ListenerAddress,
): ScreenedRequest {
  if (!namesUs(request.rawHeaders, address.port))
    return refused(400, "The Host header is not this listener's.");
  if (request.method !== "GET" && request.method !== "POST") return refused(405, "Use GET or POST.");

  const target = request.url ?? "";
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  if (!/^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(path) || !/^[\x21-\x7e]*$/.test(query)) {
    return refused(400, "The request target is not a path.");
  }
  if (request.method === "GET" && path === DONE_PATH && query === "") return { kind: "done" };
  if (path !== address.path) return refused(404, "Nothing is here.");

  if (request.method === "GET") return query === "" ? { kind: "bare" } : { kind: "query", parameters: query };
  if (query !== "") return refused(400, "A form post has no query.");
  if (!isForm(request.headers["content-type"]))
    return refused(415, "Send application/x-www-form-urlencoded.");
  return { kind: "form" };
}

// A page of another origin can make its name point to 127.0.0.1; it cannot make the browser send our Host.
function namesUs(rawHeaders: readonly string[], port: number): boolean {
  const hosts = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "host",
  );
  if (hosts.length !== 1) return false;
  const match = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?$/i.exec(hosts[0] ?? "");
  return match !== null && Number(match[1] ?? 80) === port;
}

function isForm(contentType: string | undefined): boolean {
  return /^application\/x-www-form-urlencoded(?:\s*;\s*charset="?utf-8"?)?\s*;?\s*$/i.test(contentType ?? "");
}

function refused(status: 400 | 404 | 405 | 415, reason: string): ScreenedRequest {
  return { kind: "refused", status, reason };
}
