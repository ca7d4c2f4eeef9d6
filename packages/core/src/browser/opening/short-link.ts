import type { Clock } from "../../clock.ts";
import { AbortError } from "../../errors/abort-error.ts";

const LONGEST_LIFE_IN_MS = 60_000;

/**
 * A short URL on this machine that leads to `url`, once: for openers that cut long URLs. It is gone after its first
 * use, when `signal` is aborted and after a minute, and it never keeps the process alive.
 * @throws CredentialUnavailableError with detail "listener_failed"
 */
export async function shortLinkTo(
  url: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<string> {
  const { bindLoopback } = await import("../../loopback/bind-loopback.ts");
  const { createServer } = process.getBuiltinModule("node:http");
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  const path = `/${randomBytes(16).toString("base64url")}`;
  const { servers, port } = await bindLoopback({ host: "localhost", port: 0 }, () =>
    createServer({ headersTimeout: 5000, requestTimeout: 5000, connectionsCheckingInterval: 1000 }),
  );

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
    server.on("connection", (socket) => socket.unref());
    server.on("request", (request, response) => {
      // The path is the secret that lets in: nobody but the opener and its browser has seen it.
      const found = request.method === "GET" && request.url === path;
      response.writeHead(found ? 302 : 404, {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        Connection: "close",
        ...(found ? { Location: url } : {}),
      });
      response.end();
      if (found) close();
    });
  }
  if (signal.aborted) {
    close();
    throw new AbortError(signal);
  }
  return `http://localhost:${port}${path}`;
}
