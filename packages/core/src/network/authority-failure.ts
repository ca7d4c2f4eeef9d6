import { AuthenticationError } from "../errors/authentication-error.ts";
import type { HttpAnswer } from "./http-transport.ts";
import type { HttpTransportError, TransportFault } from "./http-transport.ts";
import type { JsonObject } from "./null-prototype-json.ts";
import { serverFacts } from "./server-facts.ts";

/** The request was not answered, or by something that cannot be an authority. */
export function notAnswered(
  host: string,
  error: HttpTransportError,
  correlationId: string,
): AuthenticationError {
  const code = error.code === undefined ? "" : ` (${error.code})`;
  const { sentence, remedy, invalid } = FAULTS[error.fault];
  return new AuthenticationError({
    code: invalid === true ? "invalid_response" : "network",
    detail: error.fault,
    what: `${sentence.replace("{host}", host)}${code}`,
    remedy,
    retryable: invalid !== true && error.fault !== "tls_failed",
    correlationId,
    cause: error.cause ?? error,
  });
}

/** No whole answer within the time for one request. */
export function tooSlow(host: string, limitInMs: number, correlationId: string): AuthenticationError {
  return new AuthenticationError({
    code: "timeout",
    detail: "request_timeout",
    what: `${host} did not answer within ${Math.round(limitInMs / 100) / 10} s`,
    remedy: "Try again, check the network and the proxy, or set requestTimeoutInMs",
    retryable: true,
    correlationId,
  });
}

/** 408, 429 and 5xx: the authority cannot answer now. */
export function notNow(
  host: string,
  answer: { readonly status: number; readonly json: JsonObject | undefined },
  wait: number | undefined,
  correlationId: string,
): AuthenticationError {
  const facts = answer.json === undefined ? { correlationId } : serverFacts(answer.json, correlationId);
  if (answer.status === 429) return new AuthenticationError({ ...throttledInit(host, wait), ...facts });
  return new AuthenticationError({
    code: "network",
    detail: "server_error",
    what: `${host} answered ${answer.status}`,
    remedy: wait === undefined ? "Try again" : `Try again in ${seconds(wait)} s`,
    retryable: true,
    retryAfterInMs: wait,
    ...facts,
  });
}

/** An earlier answer asked to wait, and the time is not over: nothing was sent. */
export function stillThrottled(host: string, wait: number, correlationId: string): AuthenticationError {
  return new AuthenticationError({ ...throttledInit(host, wait), correlationId });
}

/** An answer came whose form no authority uses. Nothing of its body is told. */
export function unacceptable(
  host: string,
  detail: "unexpected_redirect" | "unexpected_status" | "not_json" | "not_an_object",
  answer: HttpAnswer,
  correlationId: string,
): AuthenticationError {
  const type = answer.header("content-type")?.split(";")[0]?.trim() || "no content type";
  const sentences = {
    unexpected_redirect: `${host} answered with a redirect (${answer.status}), which is not followed`,
    unexpected_status: `${host} sent a token with the status ${answer.status}, so it is not used`,
    not_json: `The answer of ${host} is not JSON (${type}, status ${answer.status})`,
    not_an_object: `The answer of ${host} is not a JSON object (${type}, status ${answer.status})`,
  };
  return new AuthenticationError({
    code: "invalid_response",
    detail,
    what: sentences[detail],
    remedy: "A captive portal or proxy may be in the way",
    correlationId,
  });
}

function throttledInit(
  host: string,
  wait: number | undefined,
): ConstructorParameters<typeof AuthenticationError>[0] {
  const until = wait === undefined ? "later" : `in ${seconds(wait)} s`;
  return {
    code: "network",
    detail: "throttled",
    what: `${host} takes no more requests from here for now`,
    remedy: `Try again ${until}`,
    retryable: true,
    retryAfterInMs: wait,
  };
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}

interface FaultText {
  readonly sentence: string;
  readonly remedy: string;
  readonly invalid?: true;
}

const FAULTS: Readonly<Record<TransportFault, FaultText>> = {
  connect_failed: {
    sentence: "Cannot reach {host}",
    remedy: "Check the network, or set HTTPS_PROXY if this machine needs a proxy",
  },
  connect_timeout: {
    sentence: "Cannot reach {host}: no connection in time",
    remedy: "Check the network, or set HTTPS_PROXY if this machine needs a proxy",
  },
  tls_failed: {
    sentence: "No secure connection to {host} could be made",
    remedy:
      "If a proxy of your organisation inspects the traffic, give Node its certificate authority: set NODE_EXTRA_CA_CERTS to the PEM file",
  },
  proxy_refused: {
    sentence: "The proxy refused the connection to {host}",
    remedy: "Check HTTPS_PROXY, its user name and password, and NO_PROXY",
  },
  connection_lost: {
    sentence: "The connection to {host} was lost",
    remedy: "Try again",
  },
  response_too_large: {
    sentence: "The answer of {host} is too large",
    remedy: "A captive portal or proxy may be in the way",
    invalid: true,
  },
  malformed_response: {
    sentence: "The answer of {host} is not valid HTTP",
    remedy: "A captive portal or proxy may be in the way",
    invalid: true,
  },
};
