import { memoryTokenCache } from "@entrada/core";
import type { Surroundings } from "@entrada/core/surroundings";
import { describe, expect, test } from "vitest";
import { explainSignIn, type ExplainOptions, type SignInPlan } from "../src/index.ts";

interface Machine extends Partial<Omit<Surroundings, "readText" | "isProgram">> {
  readonly files?: Readonly<Record<string, string>>;
  readonly programs?: readonly string[];
}

function machine({ files = {}, programs = ["/usr/bin/xdg-open"], ...rest }: Machine): Surroundings {
  const described = {
    platform: "linux" as NodeJS.Platform,
    stderr: () => "terminal" as const,
    stdin: () => "other" as const,
    ...rest,
  };
  return {
    ...described,
    env: { PATH: "/usr/bin", ...rest.env },
    isProgram: (file) => programs.includes(file),
    readText: (file) => files[file],
  };
}

/** A plan in one line: the steps in their order, each with its code where it is not used, and how the answer comes. */
function written({ steps }: SignInPlan): string {
  return steps
    .map(({ flow, use, code, answerBy }) =>
      use ? [flow, answerBy].filter(Boolean).join("/") : `(${flow}: ${code})`,
    )
    .join(" ");
}

const ssh = { SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22" };
const screen = { DISPLAY: ":0" };
const wsl = { WSL_DISTRO_NAME: "Ubuntu" };
const service = "/usr/share/dbus-1/services/com.microsoft.identity.broker1.service";
const rundll32 = "/mnt/c/Windows/System32/rundll32.exe";
const editor = { CODESPACES: "true", BROWSER: "/vscode/bin/helpers/browser.sh" };
const withBroker = { installed: { broker: { available: true }, deviceCode: true } };

// Every machine has all three packages unless it says otherwise, and allows a device code.
const TABLE: readonly (readonly [name: string, machine: Machine, plan: string, options?: ExplainOptions])[] =
  [
    ["Windows", { platform: "win32" }, "broker browser device-code"],
    ["macOS", { platform: "darwin" }, "(broker: macos) browser device-code"],
    ["a desktop of Linux", { env: screen }, "(broker: no_session_bus) browser device-code"],
    ["a server of Linux", {}, "(broker: no_session_bus) (browser: no_screen) device-code"],
    ["no opener", { env: screen, programs: [] }, "(broker: no_session_bus) (browser: no_opener) device-code"],
    ["FreeBSD", { platform: "freebsd", env: screen }, "(broker: platform) browser device-code"],
    [
      "session 0",
      { platform: "win32", noDesktop: "session_zero" },
      "(broker: session_zero) (browser: session_zero) (device-code: session_zero)",
    ],
    [
      "Server Core",
      { platform: "win32", noDesktop: "server_core" },
      "(broker: server_core) (browser: server_core) device-code",
    ],
    ["SSH to Linux", { env: { ...screen, ...ssh } }, "(broker: no_session_bus) (browser: ssh) device-code"],
    ["SSH to Windows", { platform: "win32", env: ssh }, "(broker: ssh) (browser: ssh) device-code"],
    [
      "tmux inside SSH",
      { env: { ...ssh, TMUX: "x" } },
      "(broker: no_session_bus) (browser: ssh_tmux) device-code",
    ],
    [
      "SSH at a terminal",
      { env: { ...screen, ...ssh }, stdin: () => "terminal" },
      "(broker: no_session_bus) browser/paste device-code",
    ],
    [
      "SSH at a terminal, where the caller wants no pasting",
      { env: ssh, stdin: () => "terminal" },
      "(broker: no_session_bus) (browser: ssh) device-code",
      { answerBy: "loopback" },
    ],
    [
      "SSH in a script, where the caller wants to paste",
      { env: ssh },
      "(broker: no_session_bus) (browser: no_input) device-code",
      { answerBy: "paste" },
    ],
    [
      "a desktop at whose terminal the caller wants to paste",
      { env: screen, stdin: () => "terminal" },
      "(broker: no_session_bus) browser/paste device-code",
      { answerBy: "paste" },
    ],
    [
      "a codespace in a browser, at its terminal",
      { env: editor, programs: [editor.BROWSER], stdin: () => "terminal" },
      "(broker: no_session_bus) browser/paste device-code",
    ],
    [
      "Linux without its broker",
      { env: { ...screen, XDG_RUNTIME_DIR: "/run/user/1" } },
      "(broker: broker_missing) browser device-code",
    ],
    [
      "Linux with its broker",
      { env: { ...screen, XDG_RUNTIME_DIR: "/run/user/1" }, files: { [service]: "" } },
      "broker browser device-code",
    ],
    [
      "Linux with its broker, over SSH",
      { env: { ...screen, ...ssh, XDG_RUNTIME_DIR: "/run/user/1" }, files: { [service]: "" } },
      "(broker: ssh) (browser: ssh) device-code",
    ],
    [
      "WSL with Node.js on Windows",
      { env: { ...wsl, PATH: "/usr/bin:/mnt/c/nodejs" }, programs: ["/mnt/c/nodejs/node.exe", rundll32] },
      "broker browser device-code",
    ],
    ["WSL", { env: wsl, programs: [rundll32] }, "(broker: wsl) browser device-code"],
    [
      "WSL without interop",
      { env: wsl, programs: [rundll32], files: { "/etc/wsl.conf": "[interop]\nenabled=false" } },
      "(broker: wsl_no_interop) (browser: wsl_no_interop) device-code",
    ],
    [
      "a container",
      { files: { "/.dockerenv": "" } },
      "(broker: no_session_bus) (browser: container) device-code",
    ],
    [
      "a codespace in a browser",
      { env: editor, programs: [editor.BROWSER] },
      "(broker: no_session_bus) (browser: web_terminal) device-code",
    ],
    [
      "code-server",
      { env: { VSCODE_PROXY_URI: "./proxy/{{port}}", BROWSER: editor.BROWSER }, programs: [editor.BROWSER] },
      "(broker: no_session_bus) (browser: web_terminal) device-code",
    ],
    [
      "a codespace on a desktop",
      { env: editor, programs: [editor.BROWSER], codespaceIn: "desktop" },
      "(broker: no_session_bus) browser device-code",
    ],
    [
      "VS Code over SSH, whose terminal opens the browser at home",
      { env: { ...ssh, BROWSER: "/vscode/browser.sh" }, programs: ["/vscode/browser.sh"] },
      "(broker: no_session_bus) browser device-code",
    ],
    [
      "a dev container of VS Code",
      { env: { REMOTE_CONTAINERS: "true", BROWSER: "/vscode/browser.sh" }, programs: ["/vscode/browser.sh"] },
      "(broker: no_session_bus) browser device-code",
    ],
    ["CI", { env: { ...screen, CI: "true" } }, "(broker: ci) (browser: ci) (device-code: ci)"],
    [
      "CI with all that could be set",
      { env: { ...screen, CI: "true", ENTRADA_SIGN_IN: "device-code", BROWSER: "/usr/bin/xdg-open" } },
      "(device-code: ci) (broker: ci) (browser: ci)",
      { signIn: ["device-code"], openBrowser: () => {}, userPromptCallback: () => {} },
    ],
    [
      "no standard error",
      { env: screen, stderr: () => "nothing" },
      "(broker: no_session_bus) browser (device-code: no_terminal)",
    ],
    [
      "no standard error, and a program that shows the code itself",
      { stderr: () => "nothing" },
      "(broker: no_session_bus) (browser: no_screen) device-code",
      { userPromptCallback: () => {} },
    ],
    [
      "a service of systemd",
      { stderr: () => "journal" },
      "(broker: no_session_bus) (browser: no_screen) (device-code: journal)",
    ],
    [
      "the broker switched off",
      { platform: "win32", env: { ENTRADA_DISABLE_BROKER: "1" } },
      "(broker: disabled) browser device-code",
    ],
    [
      "an administrator and any account",
      { platform: "win32", elevated: true },
      "(broker: elevated_picker) browser device-code",
      { tenantId: "common" },
    ],
    ["an administrator of a tenant", { platform: "win32", elevated: true }, "broker browser device-code"],
    [
      "root by sudo",
      { env: { ...screen, USER: "root", SUDO_UID: "1000" } },
      "(broker: no_session_bus) (browser: elevated) device-code",
    ],
    [
      "a locked keyring",
      { env: screen, keyring: "locked" },
      "(cache: keyring_locked) (broker: no_session_bus) browser device-code",
      { tokenCache: memoryTokenCache() },
    ],
    [
      "a cache",
      { env: screen },
      "cache (broker: no_session_bus) browser device-code",
      { tokenCache: memoryTokenCache() },
    ],
    [
      "no other package",
      { platform: "win32" },
      "(broker: not_installed) browser (device-code: not_installed)",
      { installed: { broker: false, deviceCode: false } },
    ],
    [
      "a broker that its package has not found",
      { platform: "win32" },
      "(broker: wam_missing) browser device-code",
      { installed: { broker: { available: false, detail: "wam_missing", hint: "x" }, deviceCode: true } },
    ],
    ["a broker of another system", { env: screen }, "broker browser device-code", withBroker],
    [
      "a program that allows no code",
      {},
      "(broker: no_session_bus) (browser: no_screen) (device-code: not_allowed)",
      { allowDeviceCode: false },
    ],
    [
      "the option signIn",
      { platform: "win32" },
      "device-code browser (broker: not_chosen)",
      { signIn: ["device-code", "browser"] },
    ],
    [
      "ENTRADA_SIGN_IN",
      { platform: "win32", env: { ENTRADA_SIGN_IN: "Browser, device-code" } },
      "browser device-code (broker: not_chosen)",
    ],
    [
      "ENTRADA_SIGN_IN, and a program that allows no code",
      { platform: "win32", env: { ENTRADA_SIGN_IN: "device-code" } },
      "(device-code: not_allowed) (broker: not_chosen) (browser: not_chosen)",
      { allowDeviceCode: false },
    ],
    [
      "ENTRADA_SIGN_IN=none",
      { platform: "win32", env: { ENTRADA_SIGN_IN: "none" } },
      "(broker: not_chosen) (browser: not_chosen) (device-code: not_chosen)",
    ],
    [
      "a program that opens the page itself",
      { env: ssh },
      "(broker: no_session_bus) browser device-code",
      { openBrowser: () => {} },
    ],
  ];

describe("the plan", () => {
  test.each(TABLE.map(([name, on, plan, options = {}]) => [name, on, plan, options] as const))(
    "for %s",
    (_, described, plan, options) => {
      const explained = explainSignIn({
        surroundings: machine(described),
        installed: { broker: true, deviceCode: true },
        allowDeviceCode: true,
        ...options,
      });
      expect(written(explained)).toBe(plan);
    },
  );

  test("says of each step that is not used why, and what would help", () => {
    const steps = TABLE.flatMap(([, described, _plan, options]) => {
      const all = { broker: true, deviceCode: true };
      return explainSignIn({ surroundings: machine(described), installed: all, ...options }).steps;
    });
    for (const { use, code, hint } of steps) {
      expect(use ? code : (code ?? "")).toEqual(
        use ? undefined : expect.stringMatching(/^[a-z]+(_[a-z]+)*$/),
      );
      expect(hint === "x" ? undefined : hint).toEqual(
        use || hint === "x" ? undefined : expect.stringMatching(/^[A-Z].+\. .+\.$/),
      );
    }
  });

  test("is that of this machine by default, and data", () => {
    const plan = explainSignIn();
    expect(plan.steps.map(({ flow }) => flow)).toHaveLength(3);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test("is refused for words that name no way", () => {
    expect(() => explainSignIn({ signIn: ["browser", "carrier-pigeon" as "browser"] })).toThrow(/"signIn"/);
    expect(() => explainSignIn({ surroundings: { env: { ENTRADA_SIGN_IN: "pigeon" } } })).toThrow(
      /ENTRADA_SIGN_IN.*"pigeon"/,
    );
  });

  test("is refused for a package that there is not", () => {
    expect(() => explainSignIn({ installed: { devicecode: true } as never })).toThrow(
      /^The option "installed\.devicecode" is not known here/,
    );
  });
});
