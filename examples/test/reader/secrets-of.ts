import type { IncomingHttpHeaders } from "node:http";

/** One request and its answer, as a proxy sees them. */
export interface Exchange {
  readonly headers: IncomingHttpHeaders;
  /** Of the request. */
  readonly body: string;
  /** The body of the answer. */
  readonly answer: string;
}

const SENT = ["code", "code_verifier", "device_code", "refresh_token"];
const RECEIVED = ["access_token", "refresh_token", "id_token", "device_code"];

/** What of it nobody else may ever see (RFC 6749 section 10, RFC 7636 section 7, RFC 8628 section 5). */
export function secretsOf({ headers, body, answer }: Exchange): readonly string[] {
  const form = new URLSearchParams(body);
  const received = answer.startsWith("{") ? (JSON.parse(answer) as Record<string, unknown>) : {};
  return [
    headers.authorization?.replace(/^Bearer /i, ""),
    ...SENT.map((name) => form.get(name)),
    ...RECEIVED.map((name) => received[name]),
  ].filter((value) => typeof value === "string" && value !== "") as string[];
}
