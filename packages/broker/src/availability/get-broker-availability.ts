import { checkTransport } from "./check-transport.ts";
import type { BrokerUnavailableReason } from "./broker-unavailable-reason.ts";
import { checkWindowsNode } from "./check-windows-node.ts";
import { findOfferedBroker, type BrokerTransport } from "./find-broker.ts";
import { describeUnavailable } from "./unavailable-broker.ts";

/** Whether a sign-in through the broker can be tried in this process. */
export interface BrokerAvailability {
  readonly available: boolean;
  /** Where it is not available: the `code` and the `detail` of the error that the credential would throw. */
  readonly code?: "broker_unavailable";
  readonly detail?: BrokerUnavailableReason;
  /** The reason in words, and what would help. */
  readonly hint?: string;
}

/**
 * Whether `InteractiveBrowserBrokerCredential` would use the broker here, or why it would use the browser instead.
 *
 * Loads the native module on Windows, and asks the bus on Linux who is there; on other systems nothing. Shows nothing,
 * starts nothing, asks no account; Windows and the bus have two seconds to answer. Two obstacles show only at the first request: `no_logon_session` and
 * `provider_unavailable`.
 *
 * @param transport - the one that the credential is given, if any
 * @param windowsNodePath - in WSL: the one that the credential is given, if any
 * @throws TypeError for anything else
 */
export function getBrokerAvailability(
  transport?: BrokerTransport,
  windowsNodePath?: string,
): BrokerAvailability {
  checkTransport(transport);
  const search = findOfferedBroker(transport, undefined, checkWindowsNode(windowsNodePath));
  return search.found
    ? { available: true }
    : {
        available: false,
        code: "broker_unavailable",
        detail: search.detail,
        hint: describeUnavailable(search),
      };
}
