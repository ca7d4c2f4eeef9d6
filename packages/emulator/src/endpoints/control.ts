import type { EmulatorState } from "./emulator-state.ts";
import type { EmulatorFault } from "../refusals/emulator-fault.ts";
import { json, type Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";

/** `POST /_fault`: scripts a fault from outside the process. `DELETE /_fault` forgets what has not happened yet. */
export function faultEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  if (request.method === "DELETE") {
    state.faults.clear();
    return json(200, { cleared: true });
  }
  return control(request, (body) => {
    if (typeof body["on"] !== "string")
      throw new RangeError('`on` must name a kind of request, such as "token"');
    state.faults.add(body as unknown as EmulatorFault);
    return { scripted: body["on"] };
  });
}

/** `POST /_clock`: moves the emulator's time forward. */
export function clockEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  return control(request, (body) => {
    state.clock.advance(Number(body["advanceInMs"]));
    return { now: new Date(state.clock.now()).toISOString() };
  });
}

/** `POST /_revoke`: ends the sessions of `{"account": "ada@contoso.example"}`. */
export function revokeEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  return control(request, (body) => {
    const account = state.directory.account(String(body["account"]));
    if (!account) throw new RangeError("`account` must be the user name of an account");
    state.grants.revoke(account, { sessions: body["refreshTokens"] !== false });
    return { revoked: account.username };
  });
}

/** `GET /_requests`: what was asked so far; no secrets in it. */
export function requestsEndpoint(_request: EmulatorRequest, state: EmulatorState): Reply {
  return json(200, { requests: state.log.requests });
}

/** Only JSON: a page of another site cannot send that without asking, and is never given leave. */
function control(request: EmulatorRequest, work: (body: Record<string, unknown>) => unknown): Reply {
  if (!request.headers["content-type"]?.startsWith("application/json"))
    return json(415, { error: "The body must be JSON, with Content-Type: application/json" });
  try {
    const body: unknown = JSON.parse(request.body);
    if (typeof body !== "object" || body === null || Array.isArray(body))
      throw new RangeError("Expected an object");
    return json(200, work(body as Record<string, unknown>));
  } catch (error) {
    if (isRefusal(error)) return json(400, { error: error.message });
    throw error;
  }
}

/** Whether what was sent is to blame: it is no JSON, or no value or name that is known. */
function isRefusal(error: unknown): error is Error {
  if (error instanceof RangeError || error instanceof SyntaxError) return true;
  return error instanceof TypeError && "code" in error && error.code === "ERR_INVALID_ARG_VALUE";
}
