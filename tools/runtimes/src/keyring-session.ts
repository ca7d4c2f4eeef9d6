import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Runtime } from "./runtimes.ts";

// The key file that the other programs have would go before the keyring.
const UNLOCKED =
  'unset KEY_FILE; printf "password\\n" | gnome-keyring-daemon --unlock --components=secrets >&2; "$@"';

/** Whether this machine has a keyring that needs no screen. */
export function hasKeyring(): boolean {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return ["gnome-keyring-daemon", "dbus-run-session"].every((name) =>
    folders.some((folder) => existsSync(join(folder, name))),
  );
}

/** The same command, in a session with a keyring that is unlocked. */
export function besideKeyring(command: Runtime["command"]): Runtime["command"] {
  return ["dbus-run-session", "--", "sh", "-c", UNLOCKED, "sh", ...command];
}
