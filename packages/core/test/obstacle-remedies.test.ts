import { describe, expect, test } from "vitest";
import { browserAvailability } from "../src/browser/browser-availability.ts";
import { deviceCodeObstacle } from "../src/surroundings/judge.ts";
import { obstacleWords, type Obstacle } from "../src/surroundings/obstacle.ts";
import type { Surroundings } from "../src/surroundings/surroundings.ts";

/** A machine on which nothing is installed but what a remedy has somebody install. */
interface Machine extends Partial<Omit<Surroundings, "isProgram" | "readText">> {
  readonly programs?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

function machine({ programs = [], files = {}, env = {}, ...rest }: Machine): Surroundings {
  return {
    platform: "linux",
    env: { PATH: "/usr/bin", ...env },
    isProgram: (path) => programs.includes(path),
    readText: (path) => files[path],
    ...rest,
  };
}

/** What a person or a program does who follows a part of a remedy; `elsewhere`: the test that follows it. */
type Step = ((before: Machine) => Machine) | "device code" | "paste" | { readonly elsewhere: string };

const setBrowser = (before: Machine): Machine => ({
  ...before,
  env: { ...before.env, BROWSER: "/usr/bin/firefox" },
  programs: ["/usr/bin/firefox"],
});
const without =
  (...names: readonly string[]) =>
  (before: Machine): Machine => ({
    ...before,
    env: Object.fromEntries(Object.entries(before.env ?? {}).filter(([name]) => !names.includes(name))),
  });
const DESKTOP: Machine = { env: { DISPLAY: ":0" }, programs: ["/usr/bin/xdg-open"] };
const SSH = { SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22", SSH_CLIENT: "10.0.0.1 1 22", SSH_TTY: "/dev/pts/1" };
const OWN_OPENER = { elsewhere: "a caller's own opener is called wherever the program runs" };
const OWN_CALLBACK = { elsewhere: "whoever shows the code is asked to, wherever standard error leads" };
const AT_A_TERMINAL = { elsewhere: "the judgement of what can be pasted has a row for it" };
const OTHER_PRODUCT = { elsewhere: "leads to another product" };
const OTHER_PLACE = { elsewhere: "leads to another session, where there is no obstacle" };

/** For each obstacle where it stands, and each part of its remedy with the step that follows it. */
const FOLLOWED: Readonly<
  Record<Obstacle, readonly [at: Machine | undefined, Readonly<Record<string, Step>>]>
> = {
  ci: [{ ...DESKTOP, env: { ...DESKTOP.env, CI: "true" } }, { AzurePipelinesCredential: OTHER_PRODUCT }],
  ssh: [
    { ...DESKTOP, env: { ...DESKTOP.env, ...SSH } },
    { DeviceCodeCredential: "device code", "at a terminal": "paste", openBrowser: OWN_OPENER },
  ],
  ssh_tmux: [
    { ...DESKTOP, env: { ...DESKTOP.env, ...SSH, TMUX: "/tmp/tmux" } },
    {
      DeviceCodeCredential: "device code",
      "unset SSH_CONNECTION, SSH_CLIENT and SSH_TTY": without(...Object.keys(SSH)),
    },
  ],
  web_terminal: [
    { env: { CODESPACES: "true", BROWSER: "/vscode/browser.sh" }, programs: ["/vscode/browser.sh"] },
    {
      DeviceCodeCredential: "device code",
      "at a terminal": "paste",
      "ENTRADA_SIGN_IN=browser": (before) => ({
        ...before,
        env: { ...before.env, ENTRADA_SIGN_IN: "browser" },
      }),
    },
  ],
  wsl_no_interop: [
    {
      env: { WSL_DISTRO_NAME: "Ubuntu" },
      files: { "/etc/wsl.conf": "[interop]\nenabled=false\n" },
      programs: ["/mnt/c/Windows/System32/rundll32.exe"],
    },
    {
      DeviceCodeCredential: "device code",
      "switch interop on in /etc/wsl.conf": (before) => ({
        ...before,
        files: { "/etc/wsl.conf": "[interop]\nenabled=true\n" },
      }),
      "set BROWSER": setBrowser,
    },
  ],
  container: [
    { files: { "/.dockerenv": "" } },
    {
      DeviceCodeCredential: "device code",
      "at a terminal": "paste",
      "set BROWSER": setBrowser,
      "pass openBrowser": OWN_OPENER,
    },
  ],
  no_screen: [
    {},
    {
      DeviceCodeCredential: "device code",
      "at a terminal": "paste",
      "set BROWSER": setBrowser,
      "pass openBrowser": OWN_OPENER,
    },
  ],
  no_opener: [
    { env: { DISPLAY: ":0" } },
    {
      DeviceCodeCredential: "device code",
      "install xdg-utils": (before) => ({ ...before, programs: ["/usr/bin/xdg-open"] }),
      "set BROWSER": setBrowser,
    },
  ],
  session_zero: [
    { platform: "win32", noDesktop: "session_zero" },
    { "in the session of the person": OTHER_PLACE },
  ],
  service_account: [
    { platform: "win32", env: { USERNAME: "HOST01$" } },
    { "as the person": without("USERNAME"), "managed identity": OTHER_PRODUCT },
  ],
  no_desktop: [
    { platform: "win32", noDesktop: "no_desktop" },
    { DeviceCodeCredential: "device code", "on the desktop": OTHER_PLACE },
  ],
  server_core: [{ platform: "win32", noDesktop: "server_core" }, { DeviceCodeCredential: "device code" }],
  elevated: [
    { ...DESKTOP, env: { ...DESKTOP.env, USER: "root", SUDO_UID: "1000" } },
    { DeviceCodeCredential: "device code", "without sudo": without("USER", "SUDO_UID") },
  ],
  no_terminal: [undefined, { "userPromptCallback or onEvent": OWN_CALLBACK }],
  journal: [undefined, { "userPromptCallback or onEvent": OWN_CALLBACK }],
  not_shown: [undefined, { "userPromptCallback or onEvent": OWN_CALLBACK }],
  no_input: [undefined, { "in a terminal": AT_A_TERMINAL, DeviceCodeCredential: "device code" }],
  background: [undefined, { foreground: AT_A_TERMINAL }],
  keyring_locked: [undefined, { "Unlock it": { elsewhere: "a keyring that is unlocked later" } }],
};

describe.each(Object.entries(FOLLOWED))("whoever follows the remedy of %s", (name, [at, steps]) => {
  const { remedy } = obstacleWords()[name as Obstacle];

  test.each(Object.entries(steps))("%s: gets on", (part, step) => {
    expect(remedy).toContain(part);
    if (at === undefined) return;
    expect(browserAvailability(machine(at))).toMatchObject({ available: false, obstacle: name });
    if (step === "device code") expect(deviceCodeObstacle(machine(at))).toBeUndefined();
    else if (step === "paste") {
      const atTerminal = machine({ ...at, stdin: () => "terminal" });
      expect(browserAvailability(atTerminal)).toEqual({ available: true, answerBy: "paste" });
    } else if (typeof step === "function") {
      expect(browserAvailability(machine(step(at)))).toEqual({ available: true });
    }
  });

  test("finds no part of it that nobody has followed", () => {
    const rest = Object.keys(steps).reduce((text, part) => text.replace(part, ""), remedy);
    const names = rest.match(/\b[A-Z_]{4,}\b|\b\w+Credential\b|\bset \w+|\bpass \w+|\binstall \S+/g) ?? [];
    expect(names.filter((each) => each !== "set redirectUri")).toEqual([]);
  });
});
