import { AuthenticationError } from "../errors/authentication-error.ts";
import type { AuthenticationErrorInit } from "../errors/authentication-error.ts";
import { extraAuthoritiesFault } from "../http/extra-authorities.ts";
import type { HttpAnswer, HttpTransportError, TransportFault } from "../http/http-transport.ts";
import type { JsonObject } from "../null-prototype-json.ts";
import { serverFacts } from "./server-facts.ts";
import { whatOf } from "./what-of.ts";

/** Why a request brought no answer. */
export interface Failure {
  readonly failure: AuthenticationError;
  /** "safe": the same request may be sent again if that is safe. "unsent": it never left. */
  readonly again: "never" | "safe" | "unsent";
  /** How many tries there may be in all, this one included, where that is fewer than usual. */
  readonly tries?: number;
  /** How long the authority asked to wait, in ms. */
  readonly waitInMs?: number | undefined;
}

/** What makes an answer one that no authority sends. */
export type UnacceptableForm = "unexpected_redirect" | "unexpected_status" | "not_json" | "not_an_object";

/**
 * The request was not answered, or by something that is not an HTTP server of the authority.
 * @param cause - what may be shown of the transport's own error
 */
export function notAnswered(
  host: string,
  error: HttpTransportError,
  cause: unknown,
  correlationId: string,
): Failure {
  const { say, remedy, invalid } = FAULTS[error.fault];
  const code = error.code === undefined ? "" : ` (${error.code})`;
  const proxy = error.proxy === undefined ? "" : ` through the proxy ${error.proxy}`;
  const failure = new AuthenticationError({
    code: invalid === true ? "invalid_response" : "network",
    detail: error.fault,
    what: `${say(host, error.message)}${proxy}${code}`,
    remedy: remedyFor(error.proxy !== undefined && remedy === REACH ? REACH_PROXY : remedy, error.code ?? ""),
    retryable: invalid !== true && !UNCHANGING.has(error.fault),
    correlationId,
    cause: cause ?? (error.cause === undefined ? error : undefined),
  });
  const again = repetitionOf(error, invalid === true);
  return { failure, again, ...(UNREACHED.has(error.fault) ? { tries: FEW_TRIES } : {}) };
}

function remedyFor(remedy: FaultText["remedy"], code: string): string {
  return typeof remedy === "string" ? remedy : remedy(code);
}

/**
 * No whole answer within the time for one request.
 * @param before what became of the try before this one, if that was something else
 */
export function tooSlow(
  host: string,
  limitInMs: number,
  correlationId: string,
  before?: AuthenticationError,
): AuthenticationError {
  const after = before === undefined ? "" : `; before that: ${whatOf(before)}`;
  return new AuthenticationError({
    code: "timeout",
    detail: "request_timeout",
    what: `${host} did not answer within ${Math.round(limitInMs / 100) / 10} s${after}`,
    cause: before,
    remedy: "Try again, check the network and the proxy, or raise requestTimeoutInMs",
    retryable: true,
    correlationId,
  });
}

/** 408, 429 and 5xx: the authority cannot answer now. `wait`: how long it asked to wait, in ms. */
export function notNow(
  host: string,
  answer: Pick<HttpAnswer, "status" | "header"> & { readonly json: JsonObject | undefined },
  wait: number | undefined,
  correlationId: string,
): AuthenticationError {
  const facts = serverFacts(answer.json, correlationId, answer.header);
  if (answer.status === 429) return new AuthenticationError({ ...throttled(host, wait), ...facts });
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
  return new AuthenticationError({ ...throttled(host, wait), correlationId });
}

/** An answer came whose form no authority uses. Nothing of its body is told. */
export function unacceptable(
  host: string,
  form: UnacceptableForm,
  answer: HttpAnswer,
  correlationId: string,
): AuthenticationError {
  const type = mediaType(answer.header("content-type"));
  const sentences: Readonly<Record<UnacceptableForm, string>> = {
    unexpected_redirect: `${host} answered with a redirect (status ${answer.status}), which is not followed`,
    unexpected_status: `The answer of ${host} has the status ${answer.status}, which does not go with what it holds`,
    not_json: `The answer of ${host} is not JSON (${type}, status ${answer.status})`,
    not_an_object: `The answer of ${host} is not a JSON object (${type}, status ${answer.status})`,
  };
  return new AuthenticationError({
    code: "invalid_response",
    detail: form,
    what: sentences[form],
    remedy: IN_THE_WAY,
    ...serverFacts(undefined, correlationId, answer.header),
  });
}

/** For what another try seldom helps with: nobody there, nobody answers, too many requests already. */
export const FEW_TRIES = 3;

/** These stay until somebody changes a setting. */
const UNCHANGING: ReadonlySet<TransportFault> = new Set(["permission_denied", "proxy_invalid", "tls_failed"]);
const UNREACHED: ReadonlySet<TransportFault> = new Set([
  "connect_failed",
  "connect_timeout",
  "proxy_refused",
]);
const IN_THE_WAY = "A captive portal or proxy may be in the way";
const REACH = "Check the network, or set HTTPS_PROXY if this machine needs a proxy";
const REACH_PROXY =
  "Check HTTPS_PROXY, which names that proxy, and NO_PROXY, which names the hosts that are reached without it";

interface FaultText {
  /** @param why - what the transport found, for a fault of a setting */
  readonly say: (host: string, why: string) => string;
  readonly remedy: string | ((code: string) => string);
  /** Something did answer, but not acceptably. */
  readonly invalid?: true;
}

const FAULTS: Readonly<Record<TransportFault, FaultText>> = {
  connect_failed: { say: (host) => `Cannot reach ${host}`, remedy: REACH },
  connect_timeout: { say: (host) => `Cannot reach ${host} in time`, remedy: REACH },
  permission_denied: {
    say: (host) => `${host} was not asked: this process has no permission for it`,
    remedy: (flag) => `Start the program with ${flag}`,
  },
  tls_failed: { say: (host) => `No secure connection to ${host} could be made`, remedy: tlsRemedy },
  proxy_invalid: {
    say: (host, why) => `${host} was not asked: ${why}`,
    remedy:
      "Write it like http://user:password@proxy.contoso.com:8080 with special characters as %XX (a backslash is %5C, an @ is %40), or unset it",
  },
  proxy_refused: {
    say: (host) => `No connection to ${host} was made`,
    remedy: "Check HTTPS_PROXY, its user name and password, and NO_PROXY",
  },
  connection_lost: { say: (host) => `The connection to ${host} was lost`, remedy: "Try again" },
  response_too_large: {
    say: (host) => `The answer of ${host} is too large`,
    remedy: IN_THE_WAY,
    invalid: true,
  },
  malformed_response: {
    say: (host) => `The answer of ${host} is not valid HTTP`,
    remedy: IN_THE_WAY,
    invalid: true,
  },
};

function tlsRemedy(code: string): string {
  const unheard =
    process.env.NODE_TLS_REJECT_UNAUTHORIZED === "0"
      ? "NODE_TLS_REJECT_UNAUTHORIZED=0 does not count for sign-ins. "
      : "";
  const unusable = extraAuthoritiesFault(process.env);
  const authority = `${unheard}${
    unusable ??
    "If your organisation inspects the traffic, set NODE_EXTRA_CA_CERTS to the PEM file of its certificate authority"
  }`;
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID")
    return `Check this machine's clock. ${authority}`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `Check authorityHost: the certificate is for another name. ${authority}`;
  }
  return authority;
}

// A wrong password is not tried again: proxies lock accounts.
function repetitionOf(error: HttpTransportError, invalid: boolean): Failure["again"] {
  if (invalid || UNCHANGING.has(error.fault)) return "never";
  if (error.fault === "proxy_refused" && !/^HTTP 5\d\d$/.test(error.code ?? "")) return "never";
  return error.sent ? "safe" : "unsent";
}

function throttled(host: string, wait: number | undefined): AuthenticationErrorInit {
  return {
    code: "network",
    detail: "throttled",
    what: `${host} takes no more requests from here for now`,
    remedy: wait === undefined ? "Try again later" : `Try again in ${seconds(wait)} s`,
    retryable: true,
    retryAfterInMs: wait,
  };
}

// Only what looks like a media type is repeated: the header comes from whoever answered.
function mediaType(header: string | undefined): string {
  const type = header?.split(";")[0]?.trim().toLowerCase() ?? "";
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type : "no content type";
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
