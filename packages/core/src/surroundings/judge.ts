import type { Obstacle } from "./obstacle.ts";
import {
  ciVariable,
  hasInterop,
  hasScreen,
  isCloudFunction,
  isContainer,
  isDesktopEditor,
  isServiceAccount,
  isSudo,
  isWebTerminal,
  isWslMachine,
  sshSession,
} from "./signs.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Why a person would not see a browser that the system opens here: the judgement that every credential and the planner
 * use. Whether there is a program that opens one is for the search to find out.
 */
export function browserObstacle(surroundings: Surroundings): Obstacle | undefined {
  const { env } = surroundings;
  if (ciVariable(env) !== undefined) return "ci";
  const ssh = sshSession(env);
  if (ssh !== "no") return ssh === "yes" ? "ssh" : "ssh_tmux";
  if (surroundings.noDesktop !== undefined) return surroundings.noDesktop;
  if (isServiceAccount(surroundings)) return "service_account";
  const returning = returnObstacle(surroundings);
  if (returning !== undefined) return returning;
  if (hasScreen(surroundings)) return isSudo(surroundings) ? "elevated" : undefined;
  if (isWslMachine(surroundings)) return hasInterop(surroundings) ? undefined : "wsl_no_interop";
  return isContainer(surroundings) ? "container" : "no_screen";
}

/**
 * Why the answer of a page that the person sees would not come back, even where `BROWSER` opens the page: an editor sets
 * that variable in the browser, too, and only on a desktop it forwards ports to the person's localhost.
 */
export function returnObstacle({ env, codespaceIn }: Surroundings): Obstacle | undefined {
  if (!isWebTerminal(env) || codespaceIn === "desktop" || isDesktopEditor(env)) return undefined;
  return chosenFlows(env).includes("browser") ? undefined : "web_terminal";
}

/** Why nobody would read a device code that is written to standard error. */
export function deviceCodeObstacle(surroundings: Surroundings): Obstacle | undefined {
  const { env, noDesktop } = surroundings;
  if (ciVariable(env) !== undefined) return "ci";
  if (noDesktop === "session_zero" || noDesktop === "service_account") return noDesktop;
  if (isServiceAccount(surroundings)) return "service_account";
  const stderr = surroundings.stderr?.();
  if (stderr === "nothing") return "no_terminal";
  return stderr === "journal" || (stderr === "pipe" && isCloudFunction(env)) ? "journal" : undefined;
}

/** Why nobody could bring a browser's answer to the terminal by hand. */
export function pasteObstacle(surroundings: Surroundings): Obstacle | undefined {
  // Whoever cannot read a code cannot read a question either.
  const unread = deviceCodeObstacle(surroundings);
  if (unread !== undefined) return unread;
  const inlet = surroundings.stdin?.() ?? "other";
  if (inlet === "background") return "background";
  return inlet === "terminal" && surroundings.stderr?.() !== "file" ? undefined : "no_input";
}

/** What ENTRADA_SIGN_IN lists, in its order and in lower case. */
export function chosenFlows(env: Surroundings["env"]): readonly string[] {
  return (env["ENTRADA_SIGN_IN"] ?? "")
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
}
