import type { Clock } from "../../clock.ts";
import { AbortError } from "../../errors/abort-error.ts";
import { ANSWER_HEADERS } from "../../loopback/answer-headers.ts";
import { bindLoopback } from "../../loopback/bind-loopback.ts";
import type { OneTimeLink } from "../../loopback/listener-contract.ts";
import { OpeningLink } from "../../loopback/opening-link.ts";
import { refuseUnparsed } from "../../loopback/refuse-unparsed.ts";

const LONGEST_LIFE_IN_MS = 60_000;

/**
 * A one-time link to `url` with a listener of its own, for whoever opens a page without waiting for its answer here. It
 * is gone after its first use, when `signal` is aborted and after a minute, and it never keeps the process alive.
 * @throws CredentialUnavailableError with detail "listener_failed"
 */
export async function startOneTimeServer(
  url: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<OneTimeLink> {
  const { createServer } = process.getBuiltinModule("node:http");
  const { servers, port } = await bindLoopback({ host: "localhost", port: 0 }, () =>
    createServer({
      headersTimeout: 5000,
      requestTimeout: 5000,
      connectionsCheckingInterval: 1000,
      requireHostHeader: false,
    }),
  );
  const link = new OpeningLink(url, `http://localhost:${port}`);

  const close = (): void => {
    limit.cancel();
    signal.removeEventListener("abort", close);
    for (const server of servers) server.close();
  };
  const limit = clock.after(LONGEST_LIFE_IN_MS, close);
  signal.addEventListener("abort", close, { once: true });
  for (const server of servers) {
    server.unref();
    // A connection that could not be accepted; the link stays.
    server.on("error", () => {});
    server.on("clientError", (error, socket) => refuseUnparsed(error, socket, clock));
    server.on("connection", (socket) => socket.unref());
    server.on("request", (request, response) => {
      // The path is the secret that lets in: nobody but the opener and its browser has seen it.
      const target = request.method === "GET" && request.url === link.path ? link.follow() : undefined;
      response.writeHead(target === undefined ? 404 : 303, {
        ...ANSWER_HEADERS,
        "Content-Length": 0,
        ...(target === undefined ? {} : { Location: target }),
      });
      response.end();
      if (target !== undefined) close();
    });
  }
  if (signal.aborted) {
    close();
    throw new AbortError(signal);
  }
  return link;
}
