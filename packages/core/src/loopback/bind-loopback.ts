import type { ListenOptions } from "node:net";
import { CredentialUnavailableError } from "../errors/authentication-error.ts";
import { invalidOption } from "../errors/invalid-option.ts";
import type { RedirectUri } from "./redirect-uri.ts";

/** The part of a `net.Server` that binding needs. */
export interface Bindable {
  listen(options: ListenOptions): unknown;
  address(): unknown;
  close(callback?: (error?: Error) => void): unknown;
  once(event: "listening" | "error", listener: (error?: Error) => void): unknown;
  removeListener(event: "listening" | "error", listener: (error?: Error) => void): unknown;
}

export interface BoundLoopback<Server> {
  readonly servers: readonly Server[];
  readonly port: number;
}

// "localhost" is two addresses: whoever sits on the one that we leave free is where a browser may bring the answer.
const ADDRESSES: Record<RedirectUri["host"], readonly string[]> = {
  localhost: ["127.0.0.1", "::1"],
  "127.0.0.1": ["127.0.0.1"],
  "[::1]": ["::1"],
};
const TRIES = 10;
const TAKEN = new Set(["EADDRINUSE", "EACCES"]);
const ADDRESS_MISSING = new Set(["EADDRNOTAVAIL", "EAFNOSUPPORT"]);

/**
 * Binds every address of the redirect URI's host on one port, for this process alone.
 * @param askForPort asks whoever has a fixed port for it, once.
 * @throws TypeError with detail "port_in_use" when the fixed port is taken on one of them.
 * @throws CredentialUnavailableError with detail "listener_failed" for everything else.
 */
export async function bindLoopback<Server extends Bindable>(
  redirect: Pick<RedirectUri, "host" | "port">,
  createServer: () => Server,
  askForPort: () => Promise<boolean> = async () => false,
): Promise<BoundLoopback<Server>> {
  let lastError: unknown;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    try {
      return await bindAll(ADDRESSES[redirect.host], redirect.port, createServer);
    } catch (error) {
      lastError = error;
      if (!TAKEN.has(codeOf(error))) break;
      if (redirect.port !== 0 && !(attempt === 0 && (await askForPort()))) throw portInUse(redirect.port);
    }
  }
  throw new CredentialUnavailableError({
    code: "browser_unavailable",
    detail: "listener_failed",
    what: `No port of this machine could be listened on for the browser's answer (${codeOf(lastError) || "unknown error"})`,
    remedy: "Allow this process to listen on 127.0.0.1, or sign in with DeviceCodeCredential",
    cause: lastError,
  });
}

async function bindAll<Server extends Bindable>(
  addresses: readonly string[],
  wantedPort: number,
  createServer: () => Server,
): Promise<BoundLoopback<Server>> {
  const servers: Server[] = [];
  let port = wantedPort;
  let missing: unknown;
  try {
    for (const host of addresses) {
      const server = createServer();
      try {
        await listening(server, { host, port, exclusive: true, ipv6Only: host === "::1" });
      } catch (error) {
        if (!ADDRESS_MISSING.has(codeOf(error))) throw error;
        missing = error;
        continue;
      }
      servers.push(server);
      port = (server.address() as { port: number }).port;
    }
  } catch (error) {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    throw error;
  }
  if (servers.length === 0) throw missing;
  return { servers, port };
}

function listening(server: Bindable, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const onListening = (): void => {
      server.removeListener("error", onError);
      resolve();
    };
    const onError = (error?: Error): void => {
      server.removeListener("listening", onListening);
      reject(error ?? new Error("The server could not listen."));
    };
    server.once("listening", onListening);
    server.once("error", onError);
    server.listen(options);
  });
}

function portInUse(port: number): TypeError {
  return invalidOption(
    "redirectUri",
    `a loopback address whose port is free, and port ${port} is taken or reserved by another program`,
    undefined,
    "port_in_use",
  );
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "";
}
