import { describe, expect, it } from "vitest";
import { browserAvailability } from "../browser-availability.ts";
import { findOpeners, type OpenerSearch } from "./find-openers.ts";
import type { Surroundings } from "../../surroundings/surroundings.ts";

const URL_WITH_SIGNS = "https://login.example.test/a?x=1&y=%20$(b)`c`;'d'|^{e}";

interface Machine {
  readonly platform?: NodeJS.Platform;
  readonly env?: Surroundings["env"];
  readonly programs?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

function machine({ platform = "linux", env = {}, programs = [], files = {} }: Machine): Surroundings {
  const path = { PATH: "/usr/local/bin:relative:/usr/bin::." };
  return {
    platform,
    env: { ...path, ...env },
    isProgram: (file) => programs.includes(file),
    readText: (file) => files[file],
  };
}

function found(search: OpenerSearch): readonly (readonly string[])[] {
  if (!search.found) throw new Error(search.obstacle);
  return search.openers.map((opener) => [opener.file, ...opener.args(URL_WITH_SIGNS)]);
}

const desktop = { DISPLAY: ":0" };
const xdg = ["/usr/bin/xdg-open"];

describe("the openers", () => {
  it("on Windows are rundll32 alone, by its full path", () => {
    expect(found(findOpeners(machine({ platform: "win32", env: { SystemRoot: "D:\\Windows" } })))).toEqual([
      ["D:\\Windows\\System32\\rundll32.exe", "url.dll,FileProtocolHandler", URL_WITH_SIGNS],
    ]);
    for (const SystemRoot of [undefined, "", "Windows", "\\\\server\\share"]) {
      expect(found(findOpeners(machine({ platform: "win32", env: { SystemRoot } })))[0]?.[0]).toBe(
        "C:\\Windows\\System32\\rundll32.exe",
      );
    }
  });

  it("on macOS are open alone", () => {
    expect(found(findOpeners(machine({ platform: "darwin" })))).toEqual([["/usr/bin/open", URL_WITH_SIGNS]]);
  });

  it("on Linux are those on PATH, in our order, never from a relative folder", () => {
    const programs = [
      "/usr/bin/sensible-browser",
      "/usr/local/bin/gio",
      "relative/xdg-open",
      "/usr/bin/xdg-open",
      "./x-www-browser",
      "x-www-browser",
    ];
    expect(found(findOpeners(machine({ env: desktop, programs })))).toEqual([
      ["/usr/bin/xdg-open", URL_WITH_SIGNS],
      ["/usr/bin/sensible-browser", URL_WITH_SIGNS],
      ["/usr/local/bin/gio", "open", URL_WITH_SIGNS],
    ]);
    expect(
      found(findOpeners(machine({ env: { WAYLAND_DISPLAY: "wayland-0" }, programs: xdg }))),
    ).toHaveLength(1);
  });

  it("are those of BROWSER alone when it names a program that exists", () => {
    const programs = [...xdg, "/usr/bin/firefox", "/opt/my browser/run"];
    const env = { ...desktop, BROWSER: "missing:firefox --new %s:'/opt/my browser/run':relative/x:./y" };
    expect(found(findOpeners(machine({ env, programs })))).toEqual([
      ["/usr/bin/firefox", "--new", URL_WITH_SIGNS],
      ["/opt/my browser/run", URL_WITH_SIGNS],
    ]);
    expect(found(findOpeners(machine({ env: { ...desktop, BROWSER: "missing" }, programs })))).toEqual([
      ["/usr/bin/xdg-open", URL_WITH_SIGNS],
    ]);
    const windows = machine({
      platform: "win32",
      env: { BROWSER: "firefox", PATH: "", Path: "C:\\a;b" },
      programs: ["C:\\a\\firefox.exe"],
    });
    expect(found(findOpeners({ ...windows, env: { BROWSER: "firefox", Path: "C:\\a;b" } }))).toEqual([
      ["C:\\a\\firefox.exe", URL_WITH_SIGNS],
    ]);
  });

  it.each<readonly [string, Machine, readonly string[]]>([
    [
      "with spaces in it",
      {
        env: { ...desktop, BROWSER: "/opt/my browser/run:/usr/bin/firefox" },
        programs: ["/opt/my browser/run"],
      },
      ["/opt/my browser/run", URL_WITH_SIGNS],
    ],
    [
      "with spaces in it, and arguments",
      {
        env: { ...desktop, BROWSER: "/opt/my own browser/run --new %s" },
        programs: ["/opt/my own browser/run"],
      },
      ["/opt/my own browser/run", "--new", URL_WITH_SIGNS],
    ],
    [
      "of Windows",
      {
        platform: "win32",
        env: { BROWSER: "C:\\Program Files\\Mozilla Firefox\\firefox.exe" },
        programs: ["C:\\Program Files\\Mozilla Firefox\\firefox.exe"],
      },
      ["C:\\Program Files\\Mozilla Firefox\\firefox.exe", URL_WITH_SIGNS],
    ],
    [
      "that is there without its arguments",
      { env: { ...desktop, BROWSER: "/usr/bin/a b" }, programs: ["/usr/bin/a", "/usr/bin/a b"] },
      ["/usr/bin/a", "b", URL_WITH_SIGNS],
    ],
  ])("may be a full path %s that nobody has quoted", (_, place, opener) => {
    expect(found(findOpeners(machine(place)))).toEqual([opener]);
  });

  const hardened = "https://login.example.test/a?x=1&y=%20%24%28b%29%60c%60%3B%27d%27%7C%5E%7Be%7D";
  it.each<readonly [string, Machine]>([
    ["WSL_DISTRO_NAME", { env: { WSL_DISTRO_NAME: "Ubuntu" } }],
    ["WSL_INTEROP", { env: { WSL_INTEROP: "/run/WSL/1_interop" } }],
    ["/proc/version", { files: { "/proc/version": "Linux version 6.6.1-microsoft-standard-WSL2" } }],
  ])("in WSL (seen by %s) are wslview, then the browser of Windows, then those of Linux", (_name, signs) => {
    const programs = ["/usr/bin/wslview", "/mnt/c/Windows/System32/rundll32.exe", ...xdg];
    expect(found(findOpeners(machine({ ...signs, programs })))).toEqual([
      ["/usr/bin/wslview", hardened],
      ["/mnt/c/Windows/System32/rundll32.exe", "url.dll,FileProtocolHandler", URL_WITH_SIGNS],
      ["/usr/bin/xdg-open", URL_WITH_SIGNS],
    ]);
  });

  it("in WSL follow the mount point of the drives", () => {
    const files = {
      "/proc/version": "Microsoft",
      "/etc/wsl.conf": '[automount]\nenabled = true\nroot = "/win"\n',
    };
    const programs = ["/win/c/Windows/System32/rundll32.exe"];
    expect(found(findOpeners(machine({ files, programs })))[0]?.[0]).toBe(programs[0]);
  });
});

describe("no browser that a person sees", () => {
  it.each<readonly [string, Machine, RegExp]>([
    ["no screen", { programs: xdg }, /DISPLAY/],
    ["an empty DISPLAY", { env: { DISPLAY: "" }, programs: xdg }, /DISPLAY/],
    ["no opener", { env: desktop }, /no program/],
    ["WSL without Windows", { env: { WSL_DISTRO_NAME: "x" } }, /no program/],
    ["SSH", { env: { ...desktop, SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22" }, programs: xdg }, /SSH/],
    ["SSH on macOS", { platform: "darwin", env: { SSH_TTY: "/dev/ttys001" } }, /SSH/],
    ["SSH on Windows", { platform: "win32", env: { SSH_CLIENT: "10.0.0.1 1 22" } }, /SSH/],
    ["CI", { env: { ...desktop, CI: "true" }, programs: xdg }, /CI/],
    ["GitHub Actions on Windows", { platform: "win32", env: { GITHUB_ACTIONS: "true" } }, /CI/],
    ["Azure Pipelines", { env: { ...desktop, TF_BUILD: "True" }, programs: xdg }, /CI/],
    [
      "a BROWSER that does not exist, without a screen",
      { env: { BROWSER: "missing %s" }, programs: xdg },
      /DISPLAY/,
    ],
  ])("is there in case of %s", (_name, described, reason) => {
    const availability = browserAvailability(machine(described));
    expect(availability).toMatchObject({
      available: false,
      code: "browser_unavailable",
      detail: "no_browser",
      hint: expect.stringMatching(reason),
    });
    expect(availability.hint).toMatch(
      /^No browser .+\. (BROWSER is set to .+\. )?Use (the device code flow|a workload) .+\.$/,
    );
  });

  it.each<readonly [string, Machine]>([
    ["a screen", { env: desktop, programs: xdg }],
    ["CI=false", { env: { ...desktop, CI: "false" }, programs: xdg }],
    [
      "BROWSER in an SSH session, as remote editors set it",
      { env: { BROWSER: "/opt/remote/open", SSH_TTY: "x" }, programs: ["/opt/remote/open"] },
    ],
    ["Windows", { platform: "win32" }],
    ["macOS", { platform: "darwin" }],
  ])("is not the case with %s", (_name, described) => {
    expect(browserAvailability(machine(described))).toEqual({ available: true });
  });
});
