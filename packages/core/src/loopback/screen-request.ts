import type { IncomingMessage } from "node:http";

/** What a request to the listener is, before any of it is believed. */
export type ScreenedRequest =
  | { readonly kind: "refused"; readonly status: 400 | 404 | 405 | 415; readonly reason: string }
  /** Somebody looks at the redirect URI by hand, or a browser prefetches it. */
  | { readonly kind: "bare" }
  /** The page behind the redirect that takes a code out of the browser's history. */
  | { readonly kind: "done" }
  /** Somebody opens the one-time link to the sign-in page. */
  | { readonly kind: "link" }
  /** Another sign-in asks for the port. */
  | { readonly kind: "leave" }
  | { readonly kind: "query"; readonly parameters: string }
  | { readonly kind: "form" };

/** One that is not refused at once. */
export type AcceptedRequest = Exclude<ScreenedRequest, { readonly kind: "refused" }>;

export interface ListenerAddress {
  readonly port: number;
  /** The only path that takes answers. */
  readonly path: string;
  /** The path of the one-time link, if there is one. */
  readonly linkPath?: string | undefined;
}

export const DONE_PATH = "/done";
/** Posted to, a listener that only has late people to tell how it ended frees its port. */
export const LEAVE_PATH = "/leave";

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
  if (request.method === "GET" && path === address.linkPath && query === "") return { kind: "link" };
  if (request.method === "POST" && path === LEAVE_PATH && path !== address.path) return { kind: "leave" };
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

const FORM_TYPE = "application/x-www-form-urlencoded";
const FORM_PARAMETERS: ReadonlySet<string> = new Set(["", "charset=utf-8", 'charset="utf-8"']);

// Part by part: one pattern for all of it would try each way to share out the white space.
function isForm(contentType: string = ""): boolean {
  const [type, ...parameters] = contentType.split(";", 4).map((part) => part.trim().toLowerCase());
  return (
    type === FORM_TYPE && parameters.length <= 2 && parameters.every((part) => FORM_PARAMETERS.has(part))
  );
}

function refused(status: 400 | 404 | 405 | 415, reason: string): ScreenedRequest {
  return { kind: "refused", status, reason };
}
