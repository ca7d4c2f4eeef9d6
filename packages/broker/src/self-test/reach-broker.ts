import { systemClock } from "@entrada/core/flow";
import { isAuthenticationError } from "@entrada/core/credential";
import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";
import type { BrokerSearch } from "../availability/find-broker.ts";

/** A broker that answers, or why there is none. */
export type ReachedBroker = Exclude<BrokerSearch, { readonly kind: "wsl" }>;

/** From WSL whether there is a broker shows only when the helper in Windows is started. */
export async function reachBroker(search: BrokerSearch): Promise<ReachedBroker> {
  if (!search.found || search.kind !== "wsl") return search;
  const { openWslBroker } = await import("../wsl/open-wsl-broker.ts");
  try {
    return await openWslBroker({ node: search.node, clock: systemClock });
  } catch (error) {
    if (!isAuthenticationError(error)) throw error;
    const { detail, message, cause } = error;
    const why = cause instanceof Error ? ` (${cause.message})` : "";
    return { found: false, detail: detail as BrokerUnavailableReason, hint: `${message}${why}`, cause };
  }
}
