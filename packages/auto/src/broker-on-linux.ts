import { hasInterop, isSet, isWsl, sshSession } from "@entrada/core/parts";
import type { Surroundings } from "@entrada/core/surroundings";

/** Why no broker can be asked from a Linux, in the words of `@entrada/broker`. */
export type LinuxObstacle =
  | "no_session_bus"
  | "broker_missing"
  | "no_display"
  | "ssh"
  | "wsl"
  | "wsl_no_interop";

const SERVICE = "dbus-1/services/com.microsoft.identity.broker1.service";
const USUAL_NODE = "/mnt/c/Program Files/nodejs/node.exe";

/** The cheap signs: files and variables. Undefined where nothing says that there is none. */
export function brokerObstacleOnLinux(surroundings: Surroundings): LinuxObstacle | undefined {
  const { env, readText, isProgram } = surroundings;
  const isRemote = sshSession(env) !== "no";
  if (isWsl(surroundings, () => readText("/proc/version") ?? "")) {
    if (!hasInterop({ readText })) return "wsl_no_interop";
    const folders = (env["PATH"] ?? "").split(":").filter((folder) => folder.startsWith("/"));
    const hasNode = [...folders.map((folder) => `${folder}/node.exe`), USUAL_NODE].some(isProgram);
    if (!hasNode) return "wsl";
    return isRemote ? "ssh" : undefined;
  }
  if (!isSet(env, "DBUS_SESSION_BUS_ADDRESS") && !isSet(env, "XDG_RUNTIME_DIR")) return "no_session_bus";
  if (!serviceFolders(env).some((folder) => readText(`${folder}/${SERVICE}`) !== undefined))
    return "broker_missing";
  if (!isSet(env, "DISPLAY") && !isSet(env, "WAYLAND_DISPLAY")) return "no_display";
  return isRemote ? "ssh" : undefined;
}

function serviceFolders(env: Surroundings["env"]): readonly string[] {
  const { XDG_DATA_HOME: data, XDG_DATA_DIRS: shared, HOME: home } = env;
  const own = data || (home === undefined ? undefined : `${home}/.local/share`);
  return [...(own === undefined ? [] : [own]), ...(shared || "/usr/local/share:/usr/share").split(":")];
}
