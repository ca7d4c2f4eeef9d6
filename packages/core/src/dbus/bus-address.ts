import { ownsRuntimeBus } from "./runtime-bus.ts";

/**
 * The socket of the session's bus for `net.connect` (D-Bus Specification, "Server Addresses"): the first Unix address
 * of `DBUS_SESSION_BUS_ADDRESS`, else systemd's place for it. `undefined` when this session has none.
 */
export function sessionBusPath(...session: Parameters<typeof sessionBusPaths>): string | undefined {
  return sessionBusPaths(...session)[0];
}

/**
 * Every socket at which the session's bus may be, in the order to try. Addresses that would go over the network, start
 * a program or ask X11 are left out: a bus that must be started is not this session's. So is the one in systemd's place
 * where it is another user's.
 */
export function sessionBusPaths(
  env: Readonly<Record<string, string | undefined>>,
  ownerOf?: (path: string) => number | undefined,
): readonly string[] {
  const { DBUS_SESSION_BUS_ADDRESS: addresses, XDG_RUNTIME_DIR: runtime } = env;
  if (!addresses) return ownsRuntimeBus(runtime, ownerOf) ? [`${runtime}/bus`] : [];
  return addresses
    .split(";")
    .map(unixPath)
    .filter((path) => path !== undefined);
}

function unixPath(address: string): string | undefined {
  if (!address.startsWith("unix:")) return undefined;
  const pairs = address
    .slice("unix:".length)
    .split(",")
    .map((pair) => pair.split("=", 2) as [string, string?]);
  const values = new Map(pairs.map(([key, value = ""]) => [key, unescaped(value)]));
  const abstract = values.get("abstract");
  const path = values.get("path");
  if (abstract) return `\0${abstract}`;
  return path?.startsWith("/") && !path.includes("\0") ? path : undefined;
}

// Bytes are escaped, and the bytes of a path are UTF-8.
function unescaped(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined; // no address, then: the next one is tried
  }
}
