import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { EmulatorClock } from "../clock.ts";
import type { EmulatorRequest } from "./request.ts";
import { match, type RoutePattern } from "./route-pattern.ts";

/** A request that was read, and what answers its path; no route where nothing does. */
export interface RoutedRequest<Route extends RoutePattern> {
  readonly request: EmulatorRequest;
  readonly route: Route | undefined;
}

const BODY_LIMIT_IN_BYTES = 64 * 1024;
const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads a request to its end; undefined where its body is larger than 64 KiB. */
export async function readRequest<Route extends RoutePattern>(
  incoming: IncomingMessage,
  origin: string,
  clock: EmulatorClock,
  routes: readonly Route[],
): Promise<RoutedRequest<Route> | undefined> {
  const body = await readBody(incoming);
  if (body === undefined) return undefined;
  const method = incoming.method ?? "GET";
  const target = targetOf(incoming.url ?? "", origin);
  const isForm = incoming.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const form = new URLSearchParams(isForm ? body : "");
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
  const fitting = routes.filter(({ path }) => match(path, target.pathname));
  const route = fitting.find(({ methods }) => methods.includes(method)) ?? fitting[0];
  const correlationId = [
    headers["client-request-id"],
    form.get("client-request-id"),
    target.searchParams.get("client-request-id"),
  ].find((id) => id && GUID.test(id));
  const request: EmulatorRequest = {
    method,
    path: target.pathname,
    params: (route && match(route.path, target.pathname)) ?? {},
    query: target.searchParams,
    form,
    body,
    headers,
    origin,
    correlationId: correlationId ?? randomUUID(),
    traceId: randomUUID(),
    time: clock.now(),
  };
  return { request, route };
}

async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_IN_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A target that is no path, such as `//`, leads to a path that nothing answers. */
function targetOf(url: string, origin: string): URL {
  const target = URL.canParse(url, origin) ? new URL(url, origin) : new URL("/-", origin);
  return target.origin === origin ? target : new URL("/-", origin);
}
