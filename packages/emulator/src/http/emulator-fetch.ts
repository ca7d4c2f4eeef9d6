import { request as requestHttps } from "node:https";
import type { IncomingMessage } from "node:http";

/** A running emulator, as its own clients reach it. */
export interface Reachable {
  /** The loopback address that it listens on. */
  readonly address: string;
  readonly port: number;
  readonly certificateAuthority: string;
  /** Whether a host's real name is one that the emulator answers at. */
  readonly answersAt: (hostname: string) => boolean;
}

/** How a request to a URL gets to the emulator, be it by the emulator's own name or by a real one. */
export function wayTo(
  url: URL,
  { address, port, certificateAuthority, answersAt }: Reachable,
): {
  readonly hostname: string;
  readonly port: string | number;
  readonly servername?: string;
  readonly ca: string;
} {
  const ca = certificateAuthority;
  if (url.protocol === "https:" && url.port === "" && answersAt(url.hostname))
    return { hostname: address, port, servername: "localhost", ca };
  return { hostname: url.hostname.replace(/^\[|\]$/g, ""), port: url.port, ca };
}

/** A `fetch` that leads the real names of the emulator's tenants to the emulator. It goes nowhere else. */
export function createEmulatorFetch(emulator: Reachable): typeof globalThis.fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const url = new URL(asked.url);
    const isNamed = url.port === "" && emulator.answersAt(url.hostname);
    if (url.protocol !== "https:" || (url.port !== String(emulator.port) && !isNamed))
      throw new TypeError(`The emulator does not answer at ${url.host}`);
    const body = Buffer.from(await asked.arrayBuffer());
    return send(asked, url, body, emulator);
  };
}

function send(asked: Request, url: URL, body: Buffer, emulator: Reachable): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { method, signal } = asked;
    const headers = { ...Object.fromEntries(asked.headers), host: url.host, connection: "close" };
    const options = { ...wayTo(url, emulator), path: url.pathname + url.search, method, headers, signal };
    const outgoing = requestHttps(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => resolve(responseOf(incoming, Buffer.concat(chunks))));
    });
    outgoing.on("error", (cause) =>
      reject(signal.aborted ? signal.reason : new TypeError("fetch failed", { cause })),
    );
    outgoing.end(body.length > 0 ? body : undefined);
  });
}

const WITHOUT_BODY: readonly (number | undefined)[] = [204, 205, 304];

function responseOf({ statusCode = 0, headers }: IncomingMessage, body: Buffer): Response {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  );
  const content = WITHOUT_BODY.includes(statusCode) ? null : new Uint8Array(body);
  return new Response(content, { status: statusCode, headers: pairs });
}
