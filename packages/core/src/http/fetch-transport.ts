import { AbortError } from "../errors/abort-error.ts";
import { HttpTransportError, LONGEST_BODY } from "./http-transport.ts";
import type { HttpAnswer, HttpRequest, HttpTransport } from "./http-transport.ts";
import { transportFault } from "./transport-fault.ts";

/** The same contract over a caller's own `fetch`. Proxies and certificate authorities are that function's matter. */
export function fetchTransport(fetch: typeof globalThis.fetch): HttpTransport {
  return async (request) => {
    try {
      return await exchange(request, fetch);
    } catch (error) {
      if (request.signal.aborted) throw new AbortError(request.signal);
      // What a foreign fetch had sent by then cannot be known, so it counts as sent.
      throw transportFault(error, true);
    }
  };
}

async function exchange(request: HttpRequest, fetch: typeof globalThis.fetch): Promise<HttpAnswer> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    redirect: "manual",
    signal: request.signal,
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  return {
    // A browser-like fetch hides a redirect's status behind an opaque answer.
    status: response.type === "opaqueredirect" ? 302 : response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    body: await readCapped(response),
  };
}

async function readCapped(response: Response): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > LONGEST_BODY) {
      // The rest is of no interest, and neither is a fault while dropping it.
      reader.cancel().catch(() => undefined);
      throw new HttpTransportError("response_too_large", "The answer is too large", { sent: true });
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks, length);
}
