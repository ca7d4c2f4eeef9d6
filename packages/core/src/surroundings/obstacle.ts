/**
 * Why a person cannot sign in here in some way: a stable word. Those of the broker of Windows alone are in
 * `@entrada/broker`, and say the same by the same words.
 */
export type Obstacle =
  | "ci"
  | "ssh"
  | "ssh_tmux"
  | "web_terminal"
  | "wsl_no_interop"
  | "container"
  | "no_screen"
  | "no_opener"
  | "session_zero"
  | "service_account"
  | "no_desktop"
  | "server_core"
  | "elevated"
  | "no_terminal"
  | "journal"
  | "not_shown"
  | "no_input"
  | "background"
  | "keyring_locked";

export interface ObstacleWords {
  /** What is there: part of a sentence. */
  readonly what: string;
  /** What to do: a sentence without its stop. */
  readonly remedy: string;
}

const AT_A_TERMINAL = "run it at a terminal, where the browser's answer can be pasted";
const DEVICE_CODE = "Use the device code flow (DeviceCodeCredential)";
const CODE = `${DEVICE_CODE}, ${AT_A_TERMINAL}, set BROWSER, or pass openBrowser`;
const CALLBACK = "Show the code yourself by the option userPromptCallback or onEvent";
const NO_SCREEN = "there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set)";

const unread = (where: string): ObstacleWords => ({
  what: `standard error leads ${where}, so that nobody would read the code`,
  remedy: CALLBACK,
});

/** What each obstacle says, and what would help. A function: who meets no obstacle does not pay for the words. */
export const obstacleWords = (): Readonly<Record<Obstacle, ObstacleWords>> => ({
  ci: {
    what: "this is a CI job, where nobody can sign in",
    remedy:
      "Use a workload identity or a service principal, such as AzurePipelinesCredential of @azure/identity",
  },
  ssh: {
    what: "this is an SSH session",
    remedy: `${DEVICE_CODE}, ${AT_A_TERMINAL} (ssh -t), or forward a port and set redirectUri and openBrowser`,
  },
  ssh_tmux: {
    what: "this is an SSH session in tmux or screen",
    remedy: `${DEVICE_CODE}; if you sit at this machine now, unset SSH_CONNECTION, SSH_CLIENT and SSH_TTY, which are older than that`,
  },
  web_terminal: {
    what: "this terminal is in a web page (a codespace, Cloud Shell, code-server or the like), which cannot bring the answer back to its localhost",
    remedy: `${DEVICE_CODE}, ${AT_A_TERMINAL}, or set ENTRADA_SIGN_IN=browser if a desktop editor is attached`,
  },
  wsl_no_interop: {
    what: "programs of Windows cannot be started in this WSL, and there is no screen",
    remedy: `${DEVICE_CODE}, switch interop on in /etc/wsl.conf, or set BROWSER`,
  },
  container: { what: `this is a container, and ${NO_SCREEN}`, remedy: CODE },
  no_screen: { what: NO_SCREEN, remedy: CODE },
  no_opener: {
    what: "no program that opens a browser is installed (such as xdg-open)",
    remedy: `${DEVICE_CODE}, install xdg-utils, or set BROWSER`,
  },
  session_zero: {
    what: "this process runs in session 0, as services and scheduled tasks do",
    remedy: "Run it in the session of the person who signs in",
  },
  service_account: {
    what: "this process runs as a service account, which has no person to sign in",
    remedy: "Run it as the person who signs in, or use a managed identity",
  },
  no_desktop: {
    what: "this logon has no visible desktop",
    remedy: `${DEVICE_CODE}, or run it on the desktop`,
  },
  server_core: {
    what: "this Windows Server is installed without the desktop",
    remedy: DEVICE_CODE,
  },
  elevated: {
    what: "this process is root by sudo, and browsers refuse to start so",
    remedy: `${DEVICE_CODE}, or run it without sudo`,
  },
  no_terminal: unread("nowhere"),
  journal: unread("into the journal of a service"),
  not_shown: { what: "the code could not be written to standard error", remedy: CALLBACK },
  no_input: {
    what: "there is no terminal at which the person could answer",
    remedy: `${DEVICE_CODE}, or run it in a terminal (ssh -t, docker run -it)`,
  },
  background: {
    what: "this process runs in the background of its terminal, where it cannot be answered",
    remedy: "Bring it to the foreground (fg)",
  },
  keyring_locked: {
    what: "the keyring is locked, so that no stored sign-in can be read",
    remedy: "Unlock it, for instance by signing in to the desktop",
  },
});
