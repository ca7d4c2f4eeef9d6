import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CertificatePair } from "./certificates.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { DEVICE_CODE_GRANTS } from "./token.ts";
import { EntraError } from "./entra-error.ts";
import { deliver } from "./deliver.ts";
import { match, routes, type Route } from "./routes.ts";
import { json, parameter, type EmulatorRequest, type Reply } from "./request.ts";
import type { RequestKind } from "./request-log.ts";

const BODY_LIMIT_IN_BYTES = 64 * 1024;
const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The listening servers of one emulator. */
export interface EmulatorServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1, and on ::1 with the same port where the machine has it; or on `host` alone. */
export async function listen(
  options: { readonly port: number; readonly host?: string | undefined },
  certificate: CertificatePair,
  state: EmulatorState,
): Promise<EmulatorServer> {
  const closing = new AbortController();
  const start = (host: string, port: number) => startOne(host, port, certificate, state, closing.signal);
  if (options.host !== undefined) return group([await start(options.host, options.port)], closing);
  // The port that is free on 127.0.0.1 may be taken on ::1; then another one is tried.
  for (let attempt = 1; ; attempt += 1) {
    const first = await start("127.0.0.1", options.port);
    try {
      return group([first, await start("::1", portOf(first))], closing);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EADDRINUSE") return group([first], closing);
      await stop(first);
      if (options.port !== 0 || attempt >= 10) throw error;
    }
  }
}

function group(servers: readonly Server[], closing: AbortController): EmulatorServer {
  return {
    port: portOf(servers[0]),
    async close() {
      closing.abort();
      await Promise.all(servers.map(stop));
    },
  };
}

async function startOne(
  host: string,
  port: number,
  { certificate, privateKey }: CertificatePair,
  state: EmulatorState,
  closing: AbortSignal,
): Promise<Server> {
  const server = createServer({ cert: certificate, key: privateKey });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, portOf(server), state, closing).catch(() => {
      // The client has gone, or the answer was cut on purpose: there is nobody left to tell.
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, resolve);
  });
  return server;
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  port: number,
  state: EmulatorState,
  closing: AbortSignal,
): Promise<void> {
  const host = incoming.headers.host ?? "";
  if (!allowedHosts(port).includes(host.toLowerCase())) {
    await deliver(response, json(400, { error: "The Host header names another machine" }), { state });
    return;
  }
  const read = await readRequest(incoming, `https://${host.toLowerCase()}`, state);
  if (!read) {
    await deliver(response, json(413, { error: "The body is too large" }, { connection: "close" }), {
      state,
    });
    return;
  }
  const { request, route } = read;
  const kind = kindOf(route, request);
  const tenant = request.params["tenant"];
  const fault = kind === "control" ? undefined : state.faults.take(kind, tenant);
  const status = await deliver(response, () => work(route, request, state), {
    state,
    request,
    fault,
    closing,
  });
  state.log.add({
    kind,
    method: request.method,
    path: request.path,
    ...(tenant === undefined ? {} : { tenant }),
    status: status.status,
    ...described(request),
    hasClaims: request.form.has("claims") || request.query.has("claims"),
    correlationId: request.correlationId,
    ...(status.error === undefined ? {} : { error: status.error }),
    time: request.time,
  });
}

function work(route: Route | undefined, request: EmulatorRequest, state: EmulatorState): Reply {
  if (!route) return json(404, { error: "There is nothing at this address" });
  if (!route.methods.includes(request.method))
    return json(405, { error: "The method is not allowed here" }, { allow: route.methods.join(", ") });
  try {
    return route.answer(request, state);
  } catch (error) {
    if (error instanceof EntraError) return json(error.status, error.toBody(request));
    throw error;
  }
}

async function readRequest(
  incoming: IncomingMessage,
  origin: string,
  state: EmulatorState,
): Promise<{ readonly request: EmulatorRequest; readonly route: Route | undefined } | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_IN_BYTES) return undefined;
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString("utf8");
  const target = URL.canParse(incoming.url ?? "", origin)
    ? new URL(incoming.url ?? "", origin)
    : new URL("/-", origin);
  const method = incoming.method ?? "GET";
  const isForm = incoming.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const form = new URLSearchParams(isForm ? body : "");
  const fitting = routes.filter(({ path }) => match(path, target.pathname));
  const route = fitting.find(({ methods }) => methods.includes(method)) ?? fitting[0];
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
  const given = [
    headers["client-request-id"],
    form.get("client-request-id"),
    target.searchParams.get("client-request-id"),
  ];
  const request: EmulatorRequest = {
    method,
    path: target.pathname,
    params: (route && match(route.path, target.pathname)) ?? {},
    query: target.searchParams,
    form,
    body,
    headers,
    origin,
    correlationId: given.find((it) => it && GUID.test(it)) ?? randomUUID(),
    traceId: randomUUID(),
    time: state.clock.now(),
  };
  return { request, route };
}

/** Token requests are told apart by their grant, so that tests can count and script them one by one. */
function kindOf(route: Route | undefined, { form }: EmulatorRequest): RequestKind {
  const kind = route?.kind ?? "other";
  if (kind !== "token") return kind;
  const grantType = form.get("grant_type") ?? "";
  if (grantType === "authorization_code") return "redeem";
  if (grantType === "refresh_token") return "refresh";
  return DEVICE_CODE_GRANTS.includes(grantType) ? "poll" : "token";
}

function described({ form, query }: EmulatorRequest): {
  grantType?: string;
  clientId?: string;
  scope?: string;
} {
  const grantType = parameter(form, "grant_type");
  const clientId = parameter(form, "client_id") ?? parameter(query, "client_id");
  const scope = parameter(form, "scope") ?? parameter(query, "scope");
  return {
    ...(grantType === undefined ? {} : { grantType }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(scope === undefined ? {} : { scope }),
  };
}

function allowedHosts(port: number): readonly string[] {
  return ["localhost", "127.0.0.1", "[::1]"].map((name) => (port === 443 ? name : `${name}:${port}`));
}

function portOf(server: Server | undefined): number {
  return (server?.address() as AddressInfo).port;
}
