import type { BrokerSurroundings } from "./broker-surroundings.ts";

/**
 * Whether this session seems to have a D-Bus, told without asking it: an address, and a socket where it leads. It is
 * looked at again, thoroughly, by whoever connects.
 */
export function hasSessionBus({
  env,
  exists = process.getBuiltinModule("node:fs").existsSync,
}: Pick<BrokerSurroundings, "env" | "exists">): boolean {
  const { DBUS_SESSION_BUS_ADDRESS: addresses, XDG_RUNTIME_DIR: runtime } = env;
  if (!addresses) return runtime !== undefined && runtime !== "" && exists(`${runtime}/bus`);
  return addresses.split(";").some((address) => {
    if (!address.startsWith("unix:")) return false;
    const path = /[:,]path=([^,]*)/.exec(address)?.[1];
    // An abstract socket is in no folder. What is escaped is left to whoever connects.
    return path === undefined || path.includes("%") || exists(path);
  });
}
