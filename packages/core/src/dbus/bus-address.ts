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
 * where it is another user's, as after `sudo -E`: an address is somebody's choice, that place is nobody's.
 */
export function sessionBusPaths(
  env: Readonly<Record<string, string | undefined>>,
  ownerOf: (path: string) => number | undefined = ownerOfFile,
): readonly string[] {
  const { DBUS_SESSION_BUS_ADDRESS: addresses, XDG_RUNTIME_DIR: runtime } = env;
  if (!addresses) {
    const place = runtime ? `${runtime}/bus` : undefined;
    return place !== undefined && ownerOf(place) === process.geteuid?.() ? [place] : [];
  }
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

function ownerOfFile(path: string): number | undefined {
  try {
    return process.getBuiltinModule("node:fs").statSync(path).uid;
  } catch {
    return undefined; // not there, or in a folder that is closed to this user
  }
}

// Bytes are escaped, and the bytes of a path are UTF-8.
function unescaped(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined; // no address, then: the next one is tried
  }
}
