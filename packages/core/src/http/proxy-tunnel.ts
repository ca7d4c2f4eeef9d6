import type { IncomingMessage } from "node:http";
import type * as Https from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type * as Tls from "node:tls";
import { HttpTransportError, codeOf } from "./http-transport.ts";

/** The Node modules a tunnel is made of. */
export interface TunnelModules {
  readonly https: typeof Https;
  readonly tls: typeof Tls;
}

/** What an agent hands on of the request that needs a connection. */
export interface TunnelTarget extends Tls.ConnectionOptions {
  /** Ends a tunnel that is still being made. */
  readonly abandon?: AbortSignal;
}

type Connected = (error: Error | null, socket?: Duplex) => void;

/** An agent whose connections go through `proxy` by CONNECT (RFC 9110, section 9.3.6). */
export function tunnelAgent(proxy: URL, settings: Https.AgentOptions, modules: TunnelModules): Https.Agent {
  const agent = new modules.https.Agent(settings);
  const createConnection = (target: TunnelTarget, done: Connected): void => {
    void connectThrough(proxy, target, modules, done);
  };
  return Object.assign(agent, { createConnection });
}

/** Reports to `done`, as an agent wants it, and never rejects. */
async function connectThrough(
  proxy: URL,
  target: TunnelTarget,
  modules: TunnelModules,
  done: Connected,
): Promise<void> {
  let socket: Duplex;
  try {
    socket = modules.tls.connect({
      ...target,
      rejectUnauthorized: true,
      socket: await openTunnel(proxy, target),
    });
  } catch (error) {
    return done(error as Error);
  }
  done(null, socket);
}

async function openTunnel(proxy: URL, target: TunnelTarget): Promise<Socket> {
  const http = process.getBuiltinModule(proxy.protocol === "https:" ? "node:https" : "node:http");
  const name = target.host ?? "";
  const authority = `${name.includes(":") ? `[${name}]` : name}:${target.port ?? 443}`;
  return new Promise((resolve, reject) => {
    const request = http.request({
      host: proxy.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: authority,
      headers: { host: authority, "proxy-connection": "keep-alive", ...credentials(proxy) },
      agent: false,
      rejectUnauthorized: true,
      ...(target.ca === undefined ? {} : { ca: target.ca }),
      ...(target.abandon === undefined ? {} : { signal: target.abandon }),
    });
    request.once("connect", (answer, socket: Socket) => {
      if (isSuccess(answer)) return resolve(socket);
      socket.destroy();
      reject(refused(proxy, answer));
    });
    // A proxy that does not know CONNECT answers as if it were any other request.
    request.once("response", (answer) => {
      answer.destroy();
      reject(refused(proxy, answer));
    });
    request.once("error", (cause) => reject(unreachable(proxy, cause)));
    request.end();
  });
}

function isSuccess({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

function refused(proxy: URL, { statusCode = 0 }: IncomingMessage): HttpTransportError {
  return new HttpTransportError("proxy_refused", `The proxy answered ${statusCode}`, {
    sent: false,
    code: `HTTP ${statusCode}`,
    proxy: proxy.host,
  });
}

function unreachable(proxy: URL, cause: Error): HttpTransportError {
  const fault = codeOf(cause)?.startsWith("HPE_") === true ? "proxy_refused" : "connect_failed";
  return new HttpTransportError(fault, "The proxy cannot be reached", {
    sent: false,
    cause,
    proxy: proxy.host,
  });
}

function credentials(proxy: URL): Record<string, string> {
  if (proxy.username === "" && proxy.password === "") return {};
  // What cannot be decoded was refused when the variable was read.
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}
