import type { WamAccountKind, WamTransport } from "@entrada/wam";
import { callWam } from "./call-wam.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { transportError } from "../refusals/transport-error.ts";

/** The kind of the account that Windows itself is signed in with; null when it is signed in with none. */
export async function kindOfWindowsAccount(
  transport: WamTransport,
  ask: TokenAsk,
): Promise<WamAccountKind | null> {
  try {
    return await callWam(transport, ask, (operation) => transport.defaultAccountKind(operation));
  } catch (error) {
    throw transportError(error, ask);
  }
}
