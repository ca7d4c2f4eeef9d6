import { ownsRuntimeBus } from "@entrada/core/parts";
import type { BrokerSurroundings } from "./broker-surroundings.ts";
import type { BrokerUnavailableReason } from "./broker-unavailable-reason.ts";

/**
 * Why this session seems to have no D-Bus that can be used, told without asking it: an address, a socket where it leads,
 * and, where nobody has named one, this user as its owner. It is looked at again, thoroughly, by whoever connects.
 */
export function sessionBusFault({
  env,
  exists = process.getBuiltinModule("node:fs").existsSync,
  ownerOf,
}: Pick<BrokerSurroundings, "env" | "exists" | "ownerOf">): BrokerUnavailableReason | undefined {
  const { DBUS_SESSION_BUS_ADDRESS: addresses, XDG_RUNTIME_DIR: runtime } = env;
  if (!addresses) {
    const isOwn = ownsRuntimeBus(runtime, ownerOf);
    if (isOwn === undefined) return "no_session_bus";
    return isOwn ? undefined : "broker_of_another_user";
  }
  return addresses.split(";").some((address) => isThere(address, exists)) ? undefined : "no_session_bus";
}

function isThere(address: string, exists: (path: string) => boolean): boolean {
  if (!address.startsWith("unix:")) return false;
  const path = /[:,]path=([^,]*)/.exec(address)?.[1];
  // An abstract socket is in no folder. What is escaped is left to whoever connects.
  return path === undefined || path.includes("%") || exists(path);
}
