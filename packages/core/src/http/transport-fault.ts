import { HttpTransportError, codeOf } from "./http-transport.ts";
import type { TransportFault } from "./http-transport.ts";
import { refusedPermission } from "./refused-permission.ts";

const NOT_CONNECTED: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EAI_NODATA",
  "EAI_NONAME",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "EACCES",
  "EPERM",
]);

const UNKNOWN_ISSUER: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

// The verification errors of OpenSSL as Node names them; the TLS layer's own begin with ERR_TLS_ or ERR_SSL_.
const TLS: ReadonlySet<string> = new Set([
  ...UNKNOWN_ISSUER,
  "CERT_CHAIN_TOO_LONG",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REJECTED",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "CRL_HAS_EXPIRED",
  "CRL_NOT_YET_VALID",
  "CRL_SIGNATURE_FAILURE",
  "EPROTO",
  "ERROR_IN_CERT_NOT_AFTER_FIELD",
  "ERROR_IN_CERT_NOT_BEFORE_FIELD",
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
  "UNABLE_TO_DECRYPT_CERT_SIGNATURE",
  "UNABLE_TO_GET_CRL",
]);

const SENTENCES: Readonly<Record<TransportFault, string>> = {
  connect_failed: "No connection could be made",
  connect_timeout: "No connection was made in time",
  permission_denied: "This process may not connect",
  tls_failed: "No secure connection could be made",
  proxy_invalid: "The proxy's address is not usable",
  proxy_refused: "The proxy refused the connection",
  connection_lost: "The connection was lost",
  response_too_large: "The answer is too large",
  malformed_response: "The answer is not HTTP",
};

/** Gives a platform's error its place among our faults. `sent`: whether the request may have left. */
export function transportFault(error: unknown, sent: boolean): HttpTransportError {
  if (error instanceof HttpTransportError) return error;
  const permission = refusedPermission(error);
  if (permission !== undefined) {
    const init = { sent: false, cause: error, code: permission };
    return new HttpTransportError("permission_denied", SENTENCES.permission_denied, init);
  }
  const fault = faultOf(codeOf(error) ?? "", sent);
  const left = sent && fault !== "connect_failed" && fault !== "connect_timeout" && fault !== "tls_failed";
  return new HttpTransportError(fault, SENTENCES[fault], { sent: left, cause: error });
}

/** Whether a certificate was refused only because nobody here knows who issued it. */
export function isUnknownIssuer(code: string | undefined): boolean {
  return code !== undefined && UNKNOWN_ISSUER.has(code);
}

function faultOf(code: string, sent: boolean): TransportFault {
  if (NOT_CONNECTED.has(code)) return "connect_failed";
  if (code === "UND_ERR_CONNECT_TIMEOUT") return "connect_timeout";
  if (TLS.has(code) || code.startsWith("ERR_TLS_") || code.startsWith("ERR_SSL_")) return "tls_failed";
  if (code === "HPE_HEADER_OVERFLOW" || code === "UND_ERR_HEADERS_OVERFLOW") return "response_too_large";
  // llhttp has a code of its own for a connection that ends inside an answer.
  if (code === "HPE_INVALID_EOF_STATE") return "connection_lost";
  if (code.startsWith("HPE_")) return "malformed_response";
  return sent ? "connection_lost" : "connect_failed";
}
