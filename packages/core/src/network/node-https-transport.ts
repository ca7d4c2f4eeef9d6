import type { ClientRequest, IncomingMessage } from "node:http";
import type * as Https from "node:https";
import type * as Tls from "node:tls";
import { systemClock } from "../clock.ts";
import type { Clock } from "../clock.ts";
import { AbortError } from "../errors/abort-error.ts";
import { HttpTransportError, codeOf } from "./http-transport.ts";
import type { HttpAnswer, HttpRequest, HttpTransport } from "./http-transport.ts";
import { proxyFor } from "./proxy-environment.ts";
import type { ProxyEnvironment } from "./proxy-environment.ts";
import { tunnelAgent } from "./proxy-tunnel.ts";
import { readBody } from "./read-body.ts";
import { isUnknownIssuer, transportFault } from "./transport-fault.ts";

export interface NodeHttpsTransportOptions {
  /** Where HTTPS_PROXY and NO_PROXY are read, at each request. @defaultValue process.env */
  readonly env?: ProxyEnvironment;
  /** The time for a connection, TLS and proxy included, in ms. @defaultValue 10_000 */
  readonly connectTimeoutInMs?: number;
  /** Certificate authorities (PEM) instead of the defaults of Node and the system. */
  readonly ca?: string | readonly string[];
  readonly clock?: Clock;
}

/** A transport that keeps connections; `close` drops the idle ones. */
export interface NodeHttpsTransport extends HttpTransport {
  close(): void;
}

/** The loaded modules and what is kept between requests. */
interface Connections {
  readonly https: typeof Https;
  readonly tls: typeof Tls;
  readonly agents: Map<string, Https.Agent>;
  /** Set once a certificate turned out to come from an issuer that only the system knows. */
  systemAuthorities?: readonly string[];
}

/**
 * The default transport, over node:https, which is loaded at the first request. Connections are kept for the next
 * request but never keep the process alive. Node's certificate authorities are used (NODE_EXTRA_CA_CERTS and
 * `tls.setDefaultCACertificates` included); when they do not know an issuer, the system's are asked as well.
 */
export function nodeHttpsTransport(options: NodeHttpsTransportOptions = {}): NodeHttpsTransport {
  let loading: Promise<Connections> | undefined;
  const transport = async (request: HttpRequest): Promise<HttpAnswer> => {
    const connections = await (loading ??= load());
    try {
      return await withLiveConnection(request, connections, options);
    } catch (error) {
      if (!mayKnowMore(error, connections, options)) throw error;
      connections.systemAuthorities = systemAuthorities(connections.tls);
      return withLiveConnection(request, connections, options);
    }
  };
  const close = (): void => {
    // Nothing to drop when nothing was loaded, or when loading failed: the request itself reported that.
    void loading?.then(
      ({ agents }) => agents.forEach(dropIdle),
      () => undefined,
    );
  };
  return Object.assign(transport, { close });
}

async function load(): Promise<Connections> {
  const [https, tls] = await Promise.all([import("node:https"), import("node:tls")]);
  return { https, tls, agents: new Map() };
}

/** A kept connection that was dead all along says nothing about the server: one more try, on a new one. */
async function withLiveConnection(
  request: HttpRequest,
  connections: Connections,
  options: NodeHttpsTransportOptions,
): Promise<HttpAnswer> {
  try {
    return await exchange(request, connections, options, request.freshConnection === true);
  } catch (error) {
    if (!(error instanceof DeadConnection)) throw error;
    return exchange(request, connections, options, true);
  }
}

class DeadConnection extends HttpTransportError {}

async function exchange(
  request: HttpRequest,
  connections: Connections,
  options: NodeHttpsTransportOptions,
  fresh: boolean,
): Promise<HttpAnswer> {
  const url = new URL(request.url);
  const agent = agentFor(url, connections, options);
  if (fresh) dropIdle(agent);
  if (request.signal.aborted) throw new AbortError(request.signal);
  const sent = connections.https.request(url, {
    method: request.method,
    agent,
    headers: headersOf(request),
  });
  const leave = (): void => void sent.destroy(new AbortError(request.signal));
  request.signal.addEventListener("abort", leave, { once: true });
  try {
    const answer = await answerTo(sent, request, options);
    return {
      status: answer.statusCode ?? 0,
      header: (name) => headerOf(answer, name),
      body: await readBody(answer),
    };
  } catch (error) {
    if (request.signal.aborted) throw new AbortError(request.signal);
    throw error;
  } finally {
    request.signal.removeEventListener("abort", leave);
  }
}

function answerTo(
  sent: ClientRequest,
  request: HttpRequest,
  options: NodeHttpsTransportOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let connected = false;
    const limit = (options.clock ?? systemClock).after(options.connectTimeoutInMs ?? 10_000, () => {
      sent.destroy(
        new HttpTransportError("connect_timeout", "No connection was made in time", { sent: false }),
      );
    });
    const onConnected = (): void => {
      connected = true;
      limit.cancel();
    };
    sent.once("socket", (socket: Tls.TLSSocket) => {
      if (sent.reusedSocket) onConnected();
      else socket.once("secureConnect", onConnected);
    });
    sent.once("response", (answer) => resolve(answer));
    sent.on("error", (error) => {
      limit.cancel();
      const fault = transportFault(error, connected);
      const dead = sent.reusedSocket && fault.fault === "connection_lost";
      reject(dead ? new DeadConnection(fault.fault, fault.message, { sent: true, cause: error }) : fault);
    });
    sent.end(request.body);
  });
}

function headersOf(request: HttpRequest): Record<string, string | number> {
  return {
    "accept-encoding": "gzip, deflate, br",
    ...request.headers,
    ...(request.body === undefined ? {} : { "content-length": Buffer.byteLength(request.body) }),
  };
}

function headerOf(answer: IncomingMessage, name: string): string | undefined {
  const value = answer.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(", ") : value;
}

function agentFor(url: URL, connections: Connections, options: NodeHttpsTransportOptions): Https.Agent {
  const proxy = proxyFor(url, options.env ?? process.env);
  const name = `${proxy?.href ?? "direct"} ${connections.systemAuthorities === undefined ? "" : "system"}`;
  const known = connections.agents.get(name);
  if (known !== undefined) return known;
  const ca = options.ca ?? connections.systemAuthorities;
  const settings: Https.AgentOptions = {
    keepAlive: true,
    maxFreeSockets: 4,
    scheduling: "lifo",
    ...(ca === undefined ? {} : { ca: typeof ca === "string" ? ca : [...ca] }),
  };
  const agent =
    proxy === undefined ? new connections.https.Agent(settings) : tunnelAgent(proxy, settings, connections);
  connections.agents.set(name, agent);
  return agent;
}

function dropIdle(agent: Https.Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) sockets?.forEach((socket) => socket.destroy());
}

function mayKnowMore(error: unknown, connections: Connections, options: NodeHttpsTransportOptions): boolean {
  return (
    isUnknownIssuer(codeOf(error)) &&
    options.ca === undefined &&
    connections.systemAuthorities === undefined &&
    typeof connections.tls.getCACertificates === "function"
  );
}

function systemAuthorities(tls: typeof Tls): readonly string[] {
  return [...tls.getCACertificates("default"), ...tls.getCACertificates("system")];
}
