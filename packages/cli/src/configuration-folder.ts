import { homedir } from "node:os";
import { join } from "node:path";
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

function home(env: Readonly<Record<string, string | undefined>>): string {
  if (env["HOME"]) return env["HOME"];
  try {
    return homedir();
  } catch {
    throw new UsageError("There is no home folder. Set ENTRADA_CONFIG_DIR to a folder for the profiles.");
  }
}
