import { check } from "@entrada/core/credential";
import type { WamTransport } from "@entrada/wam";

const TRANSPORT_METHODS = [
  "probe",
  "defaultAccountKind",
  "request",
  "listAccounts",
  "findAccount",
  "signOut",
  "pickProvider",
  "cancel",
  "resolveWindowHandle",
] as const;

/** @throws TypeError naming the option `transport`. Calls nothing of it. */
export function checkTransport(transport: WamTransport | undefined): void {
  if (transport !== undefined) check.methods("transport", transport, TRANSPORT_METHODS);
}
