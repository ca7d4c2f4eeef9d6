import { homedir, userInfo } from "node:os";
import { expect, onTestFinished, test, vi } from "vitest";
import { readMsalCache } from "./msal/read-msal-cache.ts";
import { defaultDirectory } from "./default-directory.ts";
import { homeFolder } from "./home-folder.ts";

const none = (): never => {
  throw new Error("No such user");
};

test("it is the one of this process", () => {
  expect(homeFolder()).toBe(homedir());
});

test.each([
  ["the first full path", [() => "/home/ada", () => "/home/other"], "/home/ada"],
  ["not what is empty", [() => "", () => "/home/ada"], "/home/ada"],
  ["not what is relative", [() => "ada", () => "/home/ada"], "/home/ada"],
  ["not what is not known", [none, () => "/home/ada"], "/home/ada"],
])("it is %s", (_, places, home) => {
  expect(homeFolder(places)).toBe(home);
});

test.each([
  ["not known", [none]],
  ["empty", [() => "", () => ""]],
])("one that is %s is none, with what to do", (_, places) => {
  expect(() => homeFolder(places)).toThrow(
    expect.objectContaining({
      code: "cache",
      detail: "cache_unwritable",
      message: expect.stringContaining("Set HOME, or choose a `directory`") as string,
    }),
  );
});

test.runIf(process.platform !== "win32").each(["", "relative", "."])(
  "where HOME is %j nothing is looked for in the folder that the program was started in",
  async (HOME) => {
    vi.stubEnv("HOME", HOME);
    vi.stubEnv("XDG_STATE_HOME", undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(defaultDirectory().startsWith(`${userInfo().homedir}/`)).toBe(true);
    expect(await readMsalCache({ name: `no-cache-of-this-name-${process.pid}` })).toBeUndefined();
  },
);
