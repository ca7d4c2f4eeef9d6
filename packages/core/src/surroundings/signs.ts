import type { Surroundings } from "./surroundings.ts";
import { wslSetting } from "./wsl-setting.ts";

// Those that set CI besides are left out.
const CI_VARIABLES = [
  "CI",
  "GITHUB_ACTIONS",
  "TF_BUILD",
  "GITLAB_CI",
  "JENKINS_URL",
  "TEAMCITY_VERSION",
  "CODEBUILD_BUILD_ID",
  "bamboo_buildKey",
];
const SSH_VARIABLES = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"];
const CONTAINER_VARIABLES = ["container", "KUBERNETES_SERVICE_HOST", "REMOTE_CONTAINERS", "DEVCONTAINER"];
// code-server, Gitpod, Coder, Azure's Cloud Shell and JupyterHub set these in their terminals, as a codespace does its own.
const WEB_TERMINAL_VARIABLES = [
  "CODESPACES",
  "VSCODE_PROXY_URI",
  "GITPOD_WORKSPACE_ID",
  "CODER",
  "CODER_WORKSPACE_NAME",
  "ACC_CLOUD",
  "JUPYTERHUB_USER",
];

// Where an editor on a person's desktop puts its server on the machine that it is attached to: VS Code, and what is made of it.
const SERVER_OF_DESKTOP_EDITOR = /[\\/]\.(?:vscode|vscodium|cursor|windsurf)-server(?:-insiders)?[\\/]/;

/** Whether an environment variable is set to something that does not mean "no". */
export function isSet(env: Surroundings["env"], name: string): boolean {
  return !/^(?:0|false)?$/i.test(env[name] ?? "");
}

/** The variable by which a CI job is known, if this is one. */
export function ciVariable(env: Surroundings["env"]): string | undefined {
  return CI_VARIABLES.find((name) => isSet(env, name));
}

/**
 * Whether this is a function in a cloud, whose output is kept for whoever looks later: Azure Functions or AWS Lambda, and
 * not the tool that tries one on a developer's machine.
 */
export function isCloudFunction(env: Surroundings["env"]): boolean {
  if (env["AZURE_FUNCTIONS_ENVIRONMENT"] === "Development" || isSet(env, "AWS_SAM_LOCAL")) return false;
  return isSet(env, "FUNCTIONS_WORKER_RUNTIME") || isSet(env, "AWS_LAMBDA_FUNCTION_NAME");
}

/** Whether this is a session over SSH, and whether tmux or screen stand between. */
export function sshSession(env: Surroundings["env"]): "no" | "yes" | "multiplexed" {
  if (!SSH_VARIABLES.some((name) => isSet(env, name))) return "no";
  return ["TMUX", "STY"].some((name) => isSet(env, name)) ? "multiplexed" : "yes";
}

/** Whether the terminal is shown by a web page, as far as the environment tells. */
export function isWebTerminal(env: Surroundings["env"]): boolean {
  return (
    WEB_TERMINAL_VARIABLES.some((name) => isSet(env, name)) ||
    env["AZUREPS_HOST_ENVIRONMENT"]?.startsWith("cloud-shell") === true
  );
}

/**
 * Whether `BROWSER` opens pages through an editor on the person's desktop, which also forwards the ports that programs
 * listen on here to the person's own localhost. In a web page the same editor's server lies elsewhere.
 */
export function isDesktopEditor(env: Surroundings["env"]): boolean {
  return SERVER_OF_DESKTOP_EDITOR.test(env["BROWSER"] ?? "");
}

/** Whether this is Linux under Windows. `kernel`: how the kernel names itself, asked for when no variable tells. */
export function isWsl(
  { platform, env }: Pick<Surroundings, "platform" | "env">,
  kernel: () => string,
): boolean {
  if (platform !== "linux") return false;
  return isSet(env, "WSL_DISTRO_NAME") || isSet(env, "WSL_INTEROP") || /microsoft/i.test(kernel());
}

/** Whether programs of Windows can be started from Linux under Windows: unless something says that they cannot. */
export function hasInterop({ readText }: Pick<Surroundings, "readText">): boolean {
  if (wslSetting(readText("/etc/wsl.conf"), "interop", "enabled")?.toLowerCase() === "false") return false;
  return readText("/proc/sys/fs/binfmt_misc/WSLInterop")?.startsWith("disabled") !== true;
}

export function isWslMachine(surroundings: Surroundings): boolean {
  return isWsl(surroundings, () => surroundings.readText("/proc/version") ?? "");
}

export function isContainer({ env, readText }: Surroundings): boolean {
  return (
    CONTAINER_VARIABLES.some((name) => isSet(env, name)) ||
    ["/.dockerenv", "/run/.containerenv"].some((file) => readText(file) !== undefined)
  );
}

/** Whether something can be drawn here. */
export function hasScreen({ platform, env }: Pick<Surroundings, "platform" | "env">): boolean {
  return (
    platform === "win32" || platform === "darwin" || isSet(env, "DISPLAY") || isSet(env, "WAYLAND_DISPLAY")
  );
}

// The built-in accounts of services have their profiles in Windows's own folder, and a computer's own account ends with "$".
export function isServiceAccount({ platform, env }: Pick<Surroundings, "platform" | "env">): boolean {
  if (platform !== "win32") return false;
  return (
    (env["USERNAME"] ?? "").endsWith("$") ||
    /\\(config\\systemprofile|ServiceProfiles\\[^\\]+)\\?$/i.test(env["USERPROFILE"] ?? "")
  );
}

/** Whether this is root on Linux by way of `sudo`. */
export function isSudo({ platform, env }: Pick<Surroundings, "platform" | "env">): boolean {
  return platform === "linux" && isSet(env, "SUDO_UID") && env["USER"] === "root";
}
