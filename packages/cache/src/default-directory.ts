import { homeFolder } from "./home-folder.ts";

/** What the folder depends on. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: () => string;
}

const { posix, win32 } = process.getBuiltinModule("node:path");

/**
 * The platform's own folder for data of this user and this machine, which is not meant to roam: `%LOCALAPPDATA%`,
 * `~/Library/Application Support`, and elsewhere `$XDG_STATE_HOME` (XDG Base Directory Specification: "state data
 * that should persist between restarts, but that is not important or portable enough" for the data folder; a cache
 * whose key is in this machine's keyring is just that).
 */
export function defaultDirectory(from: Surroundings = present()): string {
  const { platform, env, home } = from;
  if (platform === "win32") {
    const local = env["LOCALAPPDATA"];
    return win32.join(
      local && win32.isAbsolute(local) ? local : win32.join(home(), "AppData", "Local"),
      "Entrada",
    );
  }
  if (platform === "darwin") return posix.join(home(), "Library", "Application Support", "Entrada");
  const state = env["XDG_STATE_HOME"];
  // The specification has relative paths ignored.
  return posix.join(
    state && posix.isAbsolute(state) ? state : posix.join(home(), ".local", "state"),
    "entrada",
  );
}

function present(): Surroundings {
  return { platform: process.platform, env: process.env, home: homeFolder };
}
