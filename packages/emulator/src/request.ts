import { aadsts } from "./entra-error.ts";

/** One HTTP request, read to its end. */
export interface EmulatorRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** What stands for the route's `:names`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body of a form; empty for any other body. */
  readonly form: URLSearchParams;
  /** The body as text. */
  readonly body: string;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The emulator as this client names it: `https://localhost:PORT`. */
  readonly origin: string;
  /** The client's id for this request where it sent one, otherwise a new one. */
  readonly correlationId: string;
  readonly traceId: string;
  /** When it came, by the emulator's clock, in milliseconds since 1970. */
  readonly time: number;
}

/** What goes back. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A JSON answer that no cache may keep. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

/** Sends the browser elsewhere with a GET. */
export function redirect(location: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 302, headers: { location, ...headers }, body: "" };
}

/** The value of a parameter, or undefined where it is absent or empty. */
export function optional(from: URLSearchParams, name: string): string | undefined {
  return from.get(name) || undefined;
}

/** The value of a parameter. @throws EntraError AADSTS900144 where it is absent or empty */
export function required(from: URLSearchParams, name: string): string {
  const value = optional(from, name);
  if (value === undefined) throw aadsts(900144, { name });
  return value;
}

/**
 * No parameter may come twice: two readers could take different ones (RFC 6749 section 3.1 and 3.2).
 * @param names - the only ones to look at
 * @throws EntraError AADSTS9000411
 */
export function refuseRepeated(from: URLSearchParams, names: Iterable<string> = from.keys()): void {
  for (const name of names) if (from.getAll(name).length > 1) throw aadsts(9000411, { name });
}
