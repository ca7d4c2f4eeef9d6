import type { LoopbackListener, LoopbackListenerOptions } from "./listener-contract.ts";
import type { PendingAnswer } from "./pending-answer.ts";
import { invalidOption } from "../errors/invalid-option.ts";
import { parseRedirectUri } from "./redirect-uri.ts";

/**
 * Listens on the loopback addresses of this machine for the authority's answer (RFC 8252 section 7.3). While it
 * listens the process stays alive; after `close` nothing is left of it.
 * @param answer - the answer to wait for, where somebody else may bring it, too
 * @throws TypeError for a wrong `redirectUri`, or one whose port is taken (`detail` "port_in_use").
 * @throws CredentialUnavailableError with detail "listener_failed" when no loopback address can be listened on.
 */
export async function startLoopbackListener(
  options: LoopbackListenerOptions,
  answer?: PendingAnswer,
): Promise<LoopbackListener> {
  const redirect = parseRedirectUri(options.redirectUri, invalidOption);
  // The server brings node:http with it, which a process that never signs in by browser should not pay for.
  const { LoopbackServer } = await import("./loopback-server.ts");
  return LoopbackServer.listen(redirect, options, answer);
}
