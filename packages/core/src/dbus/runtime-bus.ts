/**
 * Whether the bus in systemd's place, `$XDG_RUNTIME_DIR/bus`, is this user's; undefined where there is none. As after
 * `sudo -E` it may be another's: an address is somebody's choice, that place is nobody's.
 */
export function ownsRuntimeBus(
  runtime: string | undefined,
  ownerOf: (path: string) => number | undefined = ownerOfFile,
): boolean | undefined {
  const owner = runtime ? ownerOf(`${runtime}/bus`) : undefined;
  return owner === undefined ? undefined : owner === process.geteuid?.();
}

function ownerOfFile(path: string): number | undefined {
  try {
    return process.getBuiltinModule("node:fs").statSync(path).uid;
  } catch {
    return undefined; // not there, or in a folder that is closed to this user
  }
}
