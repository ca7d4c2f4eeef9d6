/**
 * The socket of the session's bus for `net.connect` (D-Bus Specification, "Server Addresses"): the first Unix address
 * of `DBUS_SESSION_BUS_ADDRESS`, else systemd's place for it. `undefined` when this session has none.
 */
export function sessionBusPath(env: Readonly<Record<string, string | undefined>>): string | undefined {
  for (const address of (env["DBUS_SESSION_BUS_ADDRESS"] ?? "").split(";")) {
    const path = unixPath(address);
    if (path !== undefined) return path;
  }
  const runtime = env["XDG_RUNTIME_DIR"];
  return runtime && !env["DBUS_SESSION_BUS_ADDRESS"] ? `${runtime}/bus` : undefined;
}

function unixPath(address: string): string | undefined {
  if (!address.startsWith("unix:")) return undefined;
  const pairs = address
    .slice("unix:".length)
    .split(",")
    .map((pair) => pair.split("=", 2) as [string, string?]);
  const values = new Map(pairs.map(([key, value = ""]) => [key, unescape(value)]));
  const abstract = values.get("abstract");
  return abstract === undefined ? values.get("path") : `\0${abstract}`;
}

function unescape(value: string): string {
  return value.replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
