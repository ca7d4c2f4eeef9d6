import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, fstatSync, openSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { canRunSources } from "../../test/loopback/child.ts";
import { browserObstacle, deviceCodeObstacle, pasteObstacle, returnObstacle } from "./judge.ts";
import { type Obstacle, obstacleWords } from "./obstacle.ts";
import { type Inlet, type Outlet, type Surroundings, thisMachine } from "./surroundings.ts";

interface Machine extends Partial<Omit<Surroundings, "readText" | "stderr">> {
  readonly files?: Readonly<Record<string, string>>;
  readonly outlet?: Outlet;
}

function machine({ files = {}, outlet = "terminal", ...rest }: Machine): Surroundings {
  return {
    platform: "linux",
    env: {},
    isProgram: () => false,
    readText: (file) => files[file],
    stderr: () => outlet,
    ...rest,
  };
}

const ssh = { SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22" };
const screen = { DISPLAY: ":0" };
const wsl = { WSL_DISTRO_NAME: "Ubuntu" };

// What each sets in its terminals.
const WEB_TERMINALS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["a codespace", { CODESPACES: "true" }],
  ["code-server", { VSCODE_PROXY_URI: "https://code.example/proxy/{{port}}/" }],
  ["Gitpod", { GITPOD_WORKSPACE_ID: "aa-bb-cc" }],
  ["Coder", { CODER: "true" }],
  ["Coder, by the workspace's name", { CODER_WORKSPACE_NAME: "work" }],
  ["Cloud Shell", { ACC_CLOUD: "PROD" }],
  ["Cloud Shell, by its PowerShell", { AZUREPS_HOST_ENVIRONMENT: "cloud-shell/1.0" }],
  ["JupyterHub", { JUPYTERHUB_USER: "ada" }],
];

// What each sets in the cloud, and what besides where its tools try it on the developer's machine.
const FUNCTIONS: readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  Readonly<Record<string, string>>,
])[] = [
  ["Azure Functions", { FUNCTIONS_WORKER_RUNTIME: "node" }, { AZURE_FUNCTIONS_ENVIRONMENT: "Development" }],
  ["AWS Lambda", { AWS_LAMBDA_FUNCTION_NAME: "sign-in" }, { AWS_SAM_LOCAL: "true" }],
];

// Which of the two a person can be asked by: undefined is "by this one".
const TABLE: readonly (readonly [
  name: string,
  machine: Machine,
  browser: Obstacle | undefined,
  deviceCode: Obstacle | undefined,
])[] = [
  ["a desktop of Linux", { env: screen }, undefined, undefined],
  ["Wayland alone", { env: { WAYLAND_DISPLAY: "wayland-0" } }, undefined, undefined],
  ["Windows", { platform: "win32" }, undefined, undefined],
  ["macOS", { platform: "darwin" }, undefined, undefined],
  ["a server without a screen", {}, "no_screen", undefined],
  ["CI", { env: { ...screen, CI: "true" } }, "ci", "ci"],
  ["CI=1", { env: { ...screen, CI: "1" } }, "ci", "ci"],
  ["CI=false", { env: { ...screen, CI: "false" } }, undefined, undefined],
  ["Azure Pipelines", { platform: "win32", env: { TF_BUILD: "True" } }, "ci", "ci"],
  ["CodeBuild", { env: { CODEBUILD_BUILD_ID: "x:1" } }, "ci", "ci"],
  ["SSH", { env: { ...screen, ...ssh } }, "ssh", undefined],
  ["SSH to Windows", { platform: "win32", env: ssh }, "ssh", undefined],
  ["tmux inside SSH", { env: { ...ssh, TMUX: "/tmp/tmux-1000/default,1,0" } }, "ssh_tmux", undefined],
  ["screen inside SSH", { env: { ...ssh, STY: "1.pts-0.host" } }, "ssh_tmux", undefined],
  ["tmux on a desktop", { env: { ...screen, TMUX: "/tmp/tmux-1000/default,1,0" } }, undefined, undefined],
  ["WSL", { env: wsl }, undefined, undefined],
  [
    "WSL seen by its kernel",
    { files: { "/proc/version": "Linux 6.6-microsoft-standard-WSL2" } },
    undefined,
    undefined,
  ],
  [
    "WSL whose interop is off",
    { env: wsl, files: { "/etc/wsl.conf": "[boot]\nsystemd=true\n[interop]\nenabled = false\n" } },
    "wsl_no_interop",
    undefined,
  ],
  [
    "WSL whose interop is disabled for now",
    { env: wsl, files: { "/proc/sys/fs/binfmt_misc/WSLInterop": "disabled\ninterpreter /init\n" } },
    "wsl_no_interop",
    undefined,
  ],
  [
    "WSL whose interop is off, with a screen of its own",
    { env: { ...wsl, ...screen }, files: { "/etc/wsl.conf": "[interop]\nenabled=false" } },
    undefined,
    undefined,
  ],
  [
    "WSL where something else is off",
    { env: wsl, files: { "/etc/wsl.conf": "[interop]\nenabled=true\n[automount]\nenabled=false" } },
    undefined,
    undefined,
  ],
  ["a container", { files: { "/.dockerenv": "" } }, "container", undefined],
  ["a container of podman", { env: { container: "podman" } }, "container", undefined],
  ["a pod", { env: { KUBERNETES_SERVICE_HOST: "10.0.0.1" }, outlet: "pipe" }, "container", undefined],
  ["a container with a screen", { env: screen, files: { "/.dockerenv": "" } }, undefined, undefined],
  ["a codespace", { env: { CODESPACES: "true", TERM_PROGRAM: "vscode" } }, "web_terminal", undefined],
  [
    "a codespace whose editor is on a desktop, without a BROWSER",
    { env: { CODESPACES: "true" }, codespaceIn: "desktop" },
    "no_screen",
    undefined,
  ],
  [
    "a codespace where ENTRADA_SIGN_IN says that the browser works",
    { env: { CODESPACES: "true", ENTRADA_SIGN_IN: "browser,device-code", ...screen } },
    undefined,
    undefined,
  ],
  ["gh codespace ssh", { env: { CODESPACES: "true", ...ssh } }, "ssh", undefined],
  ["root by sudo", { env: { ...screen, USER: "root", SUDO_UID: "1000" } }, "elevated", undefined],
  ["root who signed in as such", { env: { ...screen, USER: "root" } }, undefined, undefined],
  ["session 0", { platform: "win32", noDesktop: "session_zero" }, "session_zero", "session_zero"],
  ["Server Core", { platform: "win32", noDesktop: "server_core" }, "server_core", undefined],
  ["a hidden desktop", { platform: "win32", noDesktop: "no_desktop" }, "no_desktop", undefined],
  [
    "a computer's account",
    { platform: "win32", env: { USERNAME: "HOST01$" } },
    "service_account",
    "service_account",
  ],
  [
    "SYSTEM",
    { platform: "win32", env: { USERPROFILE: "C:\\Windows\\system32\\config\\systemprofile" } },
    "service_account",
    "service_account",
  ],
  [
    "LOCAL SERVICE",
    { platform: "win32", env: { USERPROFILE: "C:\\Windows\\ServiceProfiles\\LocalService" } },
    "service_account",
    "service_account",
  ],
  ["a person whose name ends so elsewhere", { env: { ...screen, USERNAME: "eve$" } }, undefined, undefined],
  ["stderr thrown away", { env: screen, outlet: "nothing" }, undefined, "no_terminal"],
  ["a service of systemd", { outlet: "journal" }, "no_screen", "journal"],
  ...FUNCTIONS.flatMap(
    ([name, env, tried]) =>
      [
        [name, { env, outlet: "pipe" }, "no_screen", "journal"],
        [`${name}, at a terminal`, { env }, "no_screen", undefined],
        [
          `${name}, as its developer tries it`,
          { env: { ...env, ...tried }, outlet: "pipe" },
          "no_screen",
          undefined,
        ],
      ] as const,
  ),
  ["stderr to another process", { outlet: "pipe" }, "no_screen", undefined],
  ["stderr in a file", { outlet: "file" }, "no_screen", undefined],
];

describe.each(WEB_TERMINALS)("the answer of a page that is opened from %s", (_, env) => {
  test("would not come back, even where BROWSER opens the page", () => {
    expect(returnObstacle(machine({ env: { ...env, BROWSER: "/browser.sh" } }))).toBe("web_terminal");
    expect(browserObstacle(machine({ env: { ...env, ...screen } }))).toBe("web_terminal");
    expect(deviceCodeObstacle(machine({ env }))).toBeUndefined();
    expect(pasteObstacle(machine({ env, stdin: () => "terminal" }))).toBeUndefined();
  });

  test("comes back where the caller or ENTRADA_SIGN_IN says so", () => {
    const told = { env: { ...env, ENTRADA_SIGN_IN: "device-code browser" } };
    expect(returnObstacle(machine(told))).toBeUndefined();
    expect(returnObstacle(machine({ env, codespaceIn: "desktop" }))).toBeUndefined();
  });
});

describe.each([
  ["Coder", { CODER: "true", VSCODE_PROXY_URI: "https://code.example/proxy/{{port}}/" }],
  ["Gitpod", { GITPOD_WORKSPACE_ID: "aa-bb-cc" }],
])("%s with an editor on a desktop attached to it", (_, env) => {
  test.each([
    "/home/coder/.vscode-server/cli/servers/Stable-0a1b/server/bin/helpers/browser.sh",
    "/home/coder/.vscode-server/bin/0a1b/bin/helpers/browser.sh",
    "/home/coder/.vscode-server-insiders/cli/servers/Insiders-0a1b/server/bin/helpers/browser.sh",
    "/home/coder/.cursor-server/bin/0a1b/bin/helpers/browser.sh",
  ])("brings the answer back: it opens pages by %s", (BROWSER) => {
    expect(returnObstacle(machine({ env: { ...env, BROWSER } }))).toBeUndefined();
  });

  test.each([
    "/usr/lib/code-server/lib/vscode/bin/helpers/browser.sh",
    "/ide/bin/helpers/browser.sh",
    "/tmp/code-server/lib/vscode/bin/helpers/browser.sh",
    "",
  ])("does not where a web page has it: %s", (BROWSER) => {
    expect(returnObstacle(machine({ env: { ...env, BROWSER } }))).toBe("web_terminal");
  });
});

test("PowerShell elsewhere, and variables that say no, are no terminal in a web page", () => {
  for (const env of [{ AZUREPS_HOST_ENVIRONMENT: "AzureAutomation/1.0" }, { CODER: "false" }, { CODER: "" }])
    expect(returnObstacle(machine({ env }))).toBeUndefined();
});

describe("a person can be asked", () => {
  test.each(TABLE)("in case of %s", (_, described, browser, deviceCode) => {
    const surroundings = machine(described);
    expect({ browser: browserObstacle(surroundings), deviceCode: deviceCodeObstacle(surroundings) }).toEqual({
      browser,
      deviceCode,
    });
  });

  test("or not, for a reason with words that end in what to do", () => {
    for (const [obstacle, { what, remedy }] of Object.entries(obstacleWords())) {
      expect(obstacle).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(what).toMatch(/^[a-z].*[^.]$/);
      expect(remedy).toMatch(/^[A-Z].*[^.]$/);
    }
  });
});

test.runIf(process.platform === "linux" && canRunSources)(
  "this machine says where standard error leads",
  async () => {
    const module = new URL("./surroundings.ts", import.meta.url);
    const program = `const { thisMachine } = await import("${module.href}"); console.log(thisMachine.stderr());`;
    const outletOf = async (stderr: number | "pipe" | "ignore", env = {}): Promise<string> => {
      const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
        stdio: ["ignore", "pipe", stderr],
        env: { ...process.env, NODE_OPTIONS: "--disable-warning=ExperimentalWarning", ...env },
      });
      let printed = "";
      child.stdout?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
      await once(child, "close");
      return printed.trim();
    };
    const file = openSync("/dev/full", "w");
    const kept = openSync(new URL(import.meta.url), "r");
    const { dev, ino } = fstatSync(kept);
    expect(await outletOf("pipe")).toBe("pipe");
    expect(await outletOf("ignore")).toBe("nothing");
    expect(await outletOf(file)).toBe("file");
    expect(await outletOf(kept)).toBe("file");
    expect(await outletOf(kept, { JOURNAL_STREAM: `${dev}:${ino}` })).toBe("journal");
    closeSync(file);
    closeSync(kept);
    expect(thisMachine.platform).toBe("linux");
  },
);

const PASTE: readonly (readonly [
  name: string,
  machine: Machine,
  inlet: Inlet,
  paste: Obstacle | undefined,
])[] = [
  ["SSH at a terminal", { env: ssh }, "terminal", undefined],
  ["a container at a terminal", { files: { "/.dockerenv": "" } }, "terminal", undefined],
  ["SSH of a script", { env: ssh }, "other", "no_input"],
  ["the background of a terminal", { env: ssh }, "background", "background"],
  ["CI with a terminal", { env: { CI: "1" } }, "terminal", "ci"],
  ["session 0", { platform: "win32", noDesktop: "session_zero" }, "terminal", "session_zero"],
  ["a service account", { platform: "win32", env: { USERNAME: "HOST$" } }, "terminal", "service_account"],
  ["standard error in a file", { env: ssh, outlet: "file" }, "terminal", "no_input"],
  ["standard error that tee shows", { env: ssh, outlet: "pipe" }, "terminal", undefined],
  ["no standard error", { env: ssh, outlet: "nothing" }, "terminal", "no_terminal"],
];

test.each(PASTE)("an answer can be pasted, or why not: %s", (_, described, inlet, paste) => {
  expect(pasteObstacle(machine({ ...described, stdin: () => inlet }))).toBe(paste);
});

test("no answer can be pasted on another machine of which nothing is said", () => {
  expect(pasteObstacle(machine({ env: ssh }))).toBe("no_input");
});
