import { userInfo } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { configurationFolder } from "../src/configuration-folder.ts";

test.each([
  ["linux", { HOME: "/home/ada" }, "/home/ada/.config/entrada"],
  ["linux", { HOME: "/home/ada", XDG_CONFIG_HOME: "/config" }, "/config/entrada"],
  ["linux", { HOME: "/home/ada", XDG_CONFIG_HOME: "relative" }, "/home/ada/.config/entrada"],
  ["darwin", { HOME: "/home/ada" }, "/home/ada/Library/Application Support/Entrada"],
] as const)("on %s with %j the folder is %s", (platform, env, folder) => {
  expect(configurationFolder(env, platform)).toBe(join(folder));
});

test.runIf(process.platform !== "win32").each(["", "relative", "."])(
  "where HOME is %j the profiles do not lie in the folder that the command was started in",
  (HOME) => {
    vi.stubEnv("HOME", HOME);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(configurationFolder({ HOME }, "linux")).toBe(join(userInfo().homedir, ".config", "entrada"));
  },
);
