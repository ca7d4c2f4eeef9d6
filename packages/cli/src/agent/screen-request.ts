import { timingSafeEqual } from "node:crypto";
import type { AgentHttpRequest, AgentProtocol } from "./agent-protocols.ts";
import { AgentRefusal } from "./token-request.ts";

// Every browser sends the second with each request, to this address as well. "sec-fetch-mode" is no sign: the fetch of
// Node.js sends it, too.
const ONLY_BROWSERS_SEND = ["origin", "sec-fetch-site", "sec-fetch-dest"];

/**
 * Who may ask. The key is enough to keep out other users of the machine, who cannot see a child's environment; the Host
 * header keeps out pages that lead a name of theirs to this address, and the headers that only browsers send all others.
 * @throws AgentRefusal
 */
export function screenRequest(
  request: AgentHttpRequest,
  protocol: AgentProtocol | undefined,
  { key, port }: { readonly key: string; readonly port: number },
): asserts protocol is AgentProtocol {
  const { headers, method } = request;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes((headers["host"] ?? "").toLowerCase()))
    throw new AgentRefusal(403, "The Host header names another server");
  if (ONLY_BROWSERS_SEND.some((name) => headers[name] !== undefined))
    throw new AgentRefusal(403, "The request comes from a page in a browser");
  if (protocol === undefined) throw new AgentRefusal(404, "Nothing is served at this address");
  if (!isSame(protocol.keyOf(request) ?? "", key)) throw new AgentRefusal(401, "The key is wrong");
  if (method !== protocol.method) throw new AgentRefusal(405, `Only ${protocol.method} is served here`);
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
