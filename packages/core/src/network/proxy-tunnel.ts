import type * as Https from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type * as Tls from "node:tls";
import { HttpTransportError } from "./http-transport.ts";

/** The Node modules a tunnel is made of. */
export interface TunnelModules {
  readonly https: typeof Https;
  readonly tls: typeof Tls;
}

type Connected = (error: Error | null, socket?: Duplex) => void;

/** An agent whose connections go through `proxy` by CONNECT (RFC 9110, section 9.3.6). */
export function tunnelAgent(proxy: URL, settings: Https.AgentOptions, modules: TunnelModules): Https.Agent {
  const agent = new modules.https.Agent(settings);
  const createConnection = (target: Tls.ConnectionOptions, done: Connected): void => {
    void connectThrough(proxy, target, modules, done);
  };
  return Object.assign(agent, { createConnection });
}

/** Reports to `done`, as an agent wants it, and never rejects. */
async function connectThrough(
  proxy: URL,
  target: Tls.ConnectionOptions,
  modules: TunnelModules,
  done: Connected,
): Promise<void> {
  let socket: Duplex;
  try {
    socket = modules.tls.connect({ ...target, socket: await openTunnel(proxy, target) });
  } catch (error) {
    return done(error as Error);
  }
  done(null, socket);
}

async function openTunnel(proxy: URL, target: Tls.ConnectionOptions): Promise<Socket> {
  const http = proxy.protocol === "https:" ? await import("node:https") : await import("node:http");
  const authority = `${target.host ?? ""}:${target.port ?? 443}`;
  return new Promise((resolve, reject) => {
    const request = http.request({
      host: proxy.hostname,
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: authority,
      headers: { host: authority, ...credentials(proxy) },
      agent: false,
    });
    request.once("connect", (answer, socket: Socket) => {
      if (answer.statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(
          new HttpTransportError("proxy_refused", `The proxy answered ${answer.statusCode}`, { sent: false }),
        );
      }
    });
    request.once("error", reject);
    request.end();
  });
}

function credentials(proxy: URL): Record<string, string> {
  if (proxy.username === "" && proxy.password === "") return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}
