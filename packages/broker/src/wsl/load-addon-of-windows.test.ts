import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadAddonOfWindows } from "./load-addon-of-windows.ts";

const windows = {
  platform: "win32",
  arch: "x64",
  execPath: join("C:", "nodejs", "node.exe"),
  env: {
    APPDATA: join("C:", "ada", "Roaming"),
    PATH: ["", join("D:", "npm"), join("C:", "nodejs")].join(";"),
  },
} as const;
const MINE = join("wam-win32-x64", "wam.node");
const IN_LINUX = join("linux", "@entrada", MINE);
const global = (...folders: string[]): string => join(...folders, "@entrada", MINE);
const BROKERS = global("C:", "ada", "Roaming", "npm", "node_modules", "@entrada", "broker", "node_modules");

/** Loads from a Windows with these files. @returns what came of it, and the files that were tried until then */
function loadFrom(
  files: Readonly<Record<string, object>>,
  given: readonly string[] = [],
  arch = "x64" as const,
) {
  const tried: string[] = [];
  const result = loadAddonOfWindows(given, { ...windows, arch }, (file) => {
    tried.push(file);
    const found = files[file];
    if (found === undefined) throw Object.assign(new Error("none"), { code: "MODULE_NOT_FOUND" });
    if (found instanceof Error) throw found;
    return found as never;
  });
  return { result, tried };
}
const FITS = { interface: 1 };
const OF_ANOTHER_RELEASE = { interface: 0 };

describe("the native module for the Node.js of Windows", () => {
  test.each([
    BROKERS,
    global("C:", "ada", "Roaming", "npm", "node_modules", "@entrada", "cli", "node_modules"),
    global("C:", "ada", "Roaming", "npm", "node_modules"),
    global("C:", "nodejs", "node_modules", "@entrada", "broker", "node_modules"),
    global("D:", "npm", "node_modules", "@entrada", "cli", "node_modules"),
  ])("is found at %s", (file) => {
    const { result, tried } = loadFrom({ [file]: FITS });
    expect(result.available).toBe(true);
    expect(tried.at(-1)).toBe(file);
    expect(new Set(tried).size).toBe(tried.length);
  });

  test("is that of the installation in Linux, where somebody has put one of this processor there", () => {
    const other = join("linux", "@entrada", "wam-win32-arm64", "wam.node");
    const { result, tried } = loadFrom({ [IN_LINUX]: FITS, [BROKERS]: FITS }, [other, IN_LINUX]);
    expect(result.available).toBe(true);
    expect(tried).toEqual([IN_LINUX]);
  });

  test("is the next where the first is of another release, or is refused", () => {
    for (const unusable of [OF_ANOTHER_RELEASE, new Error("a policy")]) {
      expect(loadFrom({ [IN_LINUX]: unusable, [BROKERS]: FITS }, [IN_LINUX]).result.available).toBe(true);
    }
  });

  test("that cannot be used is told before one that is not there", () => {
    expect(loadFrom({}).result).toMatchObject({ reason: "binary_missing" });
    expect(loadFrom({ [BROKERS]: OF_ANOTHER_RELEASE }).result).toMatchObject({
      reason: "binary_of_another_release",
    });
    const refused = loadFrom({ [IN_LINUX]: new Error("a policy"), [BROKERS]: OF_ANOTHER_RELEASE }, [
      IN_LINUX,
    ]);
    expect(refused.result).toMatchObject({ reason: "binary_unloadable" });
  });

  test("is none where there is none for the processor, whatever is there", () => {
    const { result, tried } = loadFrom({ [BROKERS]: FITS }, [IN_LINUX], "riscv64" as never);
    expect(result).toMatchObject({ reason: "architecture" });
    expect(tried).toEqual([]);
  });
});
