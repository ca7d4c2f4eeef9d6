import type { LoopbackListener } from "../loopback/listener-contract.ts";
import { parseRedirectUri } from "../loopback/redirect-uri.ts";
import { invalidOption } from "../errors/invalid-option.ts";
import { nodeCrypto } from "../node-crypto.ts";

/** The ports that nobody's service has (RFC 6335 section 6): one at which the person's computer hardly listens. */
const DYNAMIC_PORTS = { first: 49_152, behind: 65_536 };

/**
 * Stands in where this machine has no port to listen on, or another program has it: the person alone brings the answer.
 */
export function noListener(redirectUri: string | undefined): LoopbackListener {
  const { host, port, path } = parseRedirectUri(redirectUri, invalidOption);
  const chosen = port === 0 ? nodeCrypto().randomInt(DYNAMIC_PORTS.first, DYNAMIC_PORTS.behind) : port;
  const never = (): Promise<never> => new Promise(() => {});
  return {
    redirectUri: `http://${host}:${chosen}${path}`,
    refusedAnswers: 0,
    lastRefusal: undefined,
    greetedByTls: false,
    linkTo: (url) => ({ url, opened: never() }),
    wait: never,
    close: async () => {},
    retire: async () => {},
  };
}
