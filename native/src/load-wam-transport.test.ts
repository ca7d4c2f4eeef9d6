import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadWamTransport } from "./load-wam-transport.ts";
import { ADDON_INTERFACE, type WamAddon } from "./wam-addon.ts";

const refuse =
  (error: unknown): (() => WamAddon) =>
  () => {
    throw error;
  };

describe("loading", () => {
  test.runIf(process.platform !== "win32")("off Windows is a reason, by default", () => {
    expect(loadWamTransport()).toMatchObject({ available: false, reason: "platform" });
  });

  test("off Windows attempts nothing", () => {
    let attempts = 0;
    const result = loadWamTransport({
      platform: "darwin",
      load: () => {
        attempts += 1;
        throw new Error("attempted");
      },
    });
    expect(result).toEqual({
      available: false,
      reason: "platform",
      message: "The Windows Web Account Manager needs Windows; this is darwin. Sign in with the browser.",
    });
    expect(attempts).toBe(0);
  });

  test("a processor without a binary is named, with those that have one", () => {
    const result = loadWamTransport({ platform: "win32", architecture: "riscv64" });
    expect(result).toMatchObject({ available: false, reason: "architecture" });
    expect(result).toHaveProperty("message", expect.stringMatching(/x64, arm64, ia32.*riscv64/));
  });

  test("a missing binary says which package brings it, and what to do", () => {
    const cause = Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" });
    const result = loadWamTransport({ platform: "win32", architecture: "arm64", load: refuse(cause) });
    expect(result).toMatchObject({ available: false, reason: "binary_missing", cause });
    expect(result).toHaveProperty(
      "message",
      expect.stringMatching(/@entrada\/wam-win32-arm64 is not installed\..* npm install --include=optional;/),
    );
  });

  test.each([undefined, 0, ADDON_INTERFACE + 1])(
    "a binary with the interface %s is another release's",
    (number) => {
      const load = () => ({ interface: number }) as unknown as WamAddon;
      const result = loadWamTransport({ platform: "win32", architecture: "x64", load });
      expect(result).toMatchObject({ available: false, reason: "binary_of_another_release" });
      expect(result).toHaveProperty(
        "message",
        expect.stringMatching(/@entrada\/wam-win32-x64 .*npm install/),
      );
    },
  );

  test("a binary of this release is one, and its source has the same number", () => {
    const load = () => ({ interface: ADDON_INTERFACE }) as unknown as WamAddon;
    expect(loadWamTransport({ platform: "win32", architecture: "x64", load }).available).toBe(true);
    const source = readFileSync(new URL("../cpp/addon.cc", import.meta.url), "utf8");
    expect(/kInterface = (\d+);/.exec(source)?.[1]).toBe(String(ADDON_INTERFACE));
  });

  test("a refused binary carries the words of the loader", () => {
    const cause = Object.assign(new Error("\\\\?\\C:\\wam.node is not a valid\r\nWin32 application.\r\n"), {
      code: "ERR_DLOPEN_FAILED",
    });
    const result = loadWamTransport({ platform: "win32", architecture: "x64", load: refuse(cause) });
    expect(result).toMatchObject({ available: false, reason: "binary_unloadable", cause });
    expect(result).toHaveProperty(
      "message",
      expect.stringContaining("not a valid Win32 application. It needs"),
    );
  });

  test("something thrown that is no error is a reason too", () => {
    const result = loadWamTransport({ platform: "win32", architecture: "ia32", load: refuse("blocked") });
    expect(result).toMatchObject({ available: false, reason: "binary_unloadable", cause: "blocked" });
  });
});
