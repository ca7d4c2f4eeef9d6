import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";
import { UsageError } from "./usage-error.ts";

/** Where the platform keeps what a person has set: the folder of the profiles. */
export function configurationFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env["ENTRADA_CONFIG_DIR"]) return env["ENTRADA_CONFIG_DIR"];
  if (platform === "win32") return join(env["APPDATA"] || join(home(env), "AppData", "Roaming"), "Entrada");
  if (platform === "darwin") return join(home(env), "Library", "Application Support", "Entrada");
  // The specification tells to leave out what is relative.
  const configured = env["XDG_CONFIG_HOME"] ?? "";
  return join(configured.startsWith("/") ? configured : join(home(env), ".config"), "entrada");
}

/** A relative one would be another folder for each place that the command is started in. */
function home(env: Readonly<Record<string, string | undefined>>): string {
  for (const place of [() => env["HOME"], homedir, () => userInfo().homedir]) {
    try {
      const path = place();
      if (path && isAbsolute(path)) return path;
    } catch {
      // A user without an entry.
    }
  }
  throw new UsageError("There is no home folder. Set ENTRADA_CONFIG_DIR to a folder for the profiles.");
}
