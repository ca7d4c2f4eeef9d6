import type { IncomingMessage, ServerResponse } from "node:http";
import { deliver } from "../refusals/deliver.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { aadsts, EntraError } from "../refusals/entra-error.ts";
import { readRequest } from "../http/read-request.ts";
import { optional } from "./parameters.ts";
import { json, type Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";
import type { RecordedRequest, RequestKind } from "../http/request-log.ts";
import { routes, type Route } from "./routes.ts";
import type { Reception } from "../http/server.ts";
import { DEVICE_CODE_GRANTS } from "./token.ts";

/** One request, from the first byte to the entry in the log. */
export async function answerRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  { port, name, closing }: Reception,
  state: EmulatorState,
): Promise<void> {
  const host = (incoming.headers.host ?? "").toLowerCase();
  if (!allowedHosts(port, name).includes(host) && !state.directory.answersAt(host)) {
    await deliver(response, json(400, { error: "The Host header names another machine" }), { means: state });
    return;
  }
  const read = await readRequest(incoming, `https://${host}`, state.clock, routes);
  if (!read) {
    await deliver(response, json(413, { error: "The body is too large" }, { connection: "close" }), {
      means: state,
    });
    return;
  }
  const { request, route } = read;
  const kind = kindOf(route, request);
  const tenant = request.params["tenant"];
  const fault = kind === "control" ? undefined : state.faults.take(kind, tenant);
  const delivered = await deliver(response, () => work(route, request, state), {
    means: state,
    request,
    fault,
    closing,
  });
  state.log.add({
    kind,
    method: request.method,
    path: request.path,
    ...(tenant === undefined ? {} : { tenant }),
    ...delivered,
    ...described(request),
    correlationId: request.correlationId,
    time: request.time,
  });
}

function work(route: Route | undefined, request: EmulatorRequest, state: EmulatorState): Reply {
  // AD FS has no versions: of the paths with a tenant it answers its own alone.
  const isElsewhere = request.params["tenant"]?.toLowerCase() === "adfs" && route?.path.includes("/:tenant/");
  if (!route || isElsewhere) return json(404, { error: "There is nothing at this address" });
  if (!route.methods.includes(request.method) && (route.kind === "token" || route.kind === "devicecode"))
    return onlyPost(request);
  if (!route.methods.includes(request.method))
    return json(405, { error: "The method is not allowed here" }, { allow: route.methods.join(", ") });
  try {
    return route.answer(request, state);
  } catch (error) {
    if (error instanceof EntraError) return json(error.status, error.toBody(request));
    throw error;
  }
}

/** Entra says by number that an endpoint takes POST alone. */
function onlyPost(request: EmulatorRequest): Reply {
  const refusal = aadsts(900561, { method: request.method });
  return json(refusal.status, refusal.toBody(request), { allow: "POST, OPTIONS" });
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

/** What the log says of the parameters: never a code, token, verifier or state. */
function described({
  form,
  query,
}: EmulatorRequest): Pick<RecordedRequest, "grantType" | "clientId" | "scope" | "hasClaims"> {
  const grantType = optional(form, "grant_type");
  const clientId = optional(form, "client_id") ?? optional(query, "client_id");
  const scope = optional(form, "scope") ?? optional(query, "scope");
  return {
    ...(grantType === undefined ? {} : { grantType }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(scope === undefined ? {} : { scope }),
    hasClaims: form.has("claims") || query.has("claims"),
  };
}

function allowedHosts(port: number, own: string): readonly string[] {
  const names = ["localhost", "127.0.0.1", "[::1]", own];
  return names.map((name) => (port === 443 ? name : `${name}:${port}`));
}
