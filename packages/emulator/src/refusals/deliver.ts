import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { EmulatorClock } from "../clock.ts";
import { aadsts, EntraError } from "./entra-error.ts";
import type { EmulatorAnswer, EmulatorFault } from "./emulator-fault.ts";
import { json, type Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";

/** What an answer is sent with: its date, and what it takes to change a token in it. */
export interface DeliveryMeans {
  readonly clock: EmulatorClock;
  readonly keys: {
    sign(claims: Readonly<Record<string, unknown>>): string;
    verify(token: string): Readonly<Record<string, unknown>> | undefined;
  };
}

export interface Delivery {
  readonly means: DeliveryMeans;
  readonly request?: EmulatorRequest;
  readonly fault?: EmulatorFault | undefined;
  /** Ends the waits of faults when the emulator closes. */
  readonly closing?: AbortSignal;
}

/** What became of an answer. */
export interface Delivered {
  /** 0 where nothing was sent. */
  readonly status: number;
  /** The OAuth `error` in it. */
  readonly error?: string;
}

/** Works out the answer and sends it, in the way a scripted fault wants it. */
export async function deliver(
  response: ServerResponse,
  work: Reply | (() => Reply),
  { means, request, fault, closing }: Delivery,
): Promise<Delivered> {
  if (fault?.delayInMs !== undefined) await wait(fault.delayInMs, undefined, closing && { signal: closing });
  if (fault?.never) return { status: 0 };
  if (fault?.reset === true) return cut(response);
  const scripted = fault && request && replacement(fault, request);
  const worked = scripted ?? (typeof work === "function" ? work() : work);
  const reply = altered(
    fault?.wrongIssuer ? withWrongIssuer(worked, fault.wrongIssuer, means.keys) : worked,
    fault,
  );
  if (fault?.reset === "afterWork") return cut(response);

  const headers: Record<string, string> = {
    "cache-control": "no-store, no-cache",
    pragma: "no-cache",
    "x-content-type-options": "nosniff",
    date: new Date(means.clock.now()).toUTCString(),
    ...(request ? { "x-ms-request-id": request.traceId, "client-request-id": request.correlationId } : {}),
    ...reply.headers,
  };
  let body = Buffer.from(fault?.huge === undefined ? reply.body : "x".repeat(fault.huge));
  if (fault?.gzip) {
    body = gzipSync(body);
    headers["content-encoding"] = "gzip";
  }
  response.writeHead(reply.status, { ...headers, "content-length": String(body.length) });
  const delivered = { status: reply.status, ...errorIn(reply) };
  if (fault?.truncate) {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => cut(response));
    return delivered;
  }
  if (fault?.drip !== undefined) {
    for (const byte of body) {
      if (response.destroyed) break;
      response.write(Buffer.of(byte));
      await wait(fault.drip, undefined, closing && { signal: closing });
    }
    response.end();
    return delivered;
  }
  response.end(body);
  return delivered;
}

/** The answer a fault gives in place of the endpoint's, if it gives one. */
function replacement(fault: EmulatorFault, request: EmulatorRequest): Reply | undefined {
  const { error, body, huge, retryAfter } = fault;
  const { status } = fault;
  if (error) {
    const { description = "A scripted error.", ...init } = error;
    const refusal = new EntraError({ ...init, description, status: status ?? 400 });
    return json(refusal.status, refusal.toBody(request));
  }
  if (retryAfter !== undefined && status === undefined && body === undefined) {
    const throttled = aadsts(90055);
    return json(throttled.status, throttled.toBody(request));
  }
  if (typeof body === "string") return { status: status ?? 200, headers: {}, body };
  if (body !== undefined) return json(status ?? 200, body);
  if (status !== undefined || huge !== undefined) return { status: status ?? 200, headers: {}, body: "" };
  return undefined;
}

function altered(reply: Reply, fault: EmulatorFault | undefined): Reply {
  if (!fault) return reply;
  const { headers = {}, retryAfter, mutate } = fault;
  const added = { ...headers, ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }) };
  const lowered = Object.fromEntries(
    Object.entries(added).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const answer = { ...reply, headers: { ...reply.headers, ...lowered } };
  if (!mutate) return answer;
  const isJson = answer.headers["content-type"]?.startsWith("application/json") ?? false;
  const changed: EmulatorAnswer = mutate({
    ...answer,
    body: isJson ? (JSON.parse(answer.body) as unknown) : answer.body,
  });
  const { status, body } = changed;
  return { status, headers: changed.headers, body: typeof body === "string" ? body : JSON.stringify(body) };
}

/** Another issuer in a discovery document; in a token answer, an id token of ours that names another issuer. */
function withWrongIssuer(reply: Reply, issuer: true | string, keys: DeliveryMeans["keys"]): Reply {
  const iss = issuer === true ? "https://localhost:1/another/v2.0" : issuer;
  const body = JSON.parse(reply.body) as Record<string, unknown>;
  const claims = typeof body["id_token"] === "string" ? keys.verify(body["id_token"]) : undefined;
  const changed = claims ? { ...body, id_token: keys.sign({ ...claims, iss }) } : { ...body, issuer: iss };
  return { ...reply, body: JSON.stringify(changed) };
}

function cut(response: ServerResponse): Delivered {
  // Without the closing message of TLS, a client sees a connection that was reset.
  response.socket?.destroy();
  return { status: 0 };
}

function errorIn({ status, headers, body }: Reply): { error?: string } {
  if (status < 400 || !headers["content-type"]?.startsWith("application/json")) return {};
  const { error } = JSON.parse(body) as { error?: unknown };
  return typeof error === "string" ? { error } : {};
}
