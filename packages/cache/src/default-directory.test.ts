import { expect, test } from "vitest";
import { defaultDirectory } from "./default-directory.ts";

test.each([
  ["linux", { XDG_STATE_HOME: "/state" }, "/state/entrada"],
  ["linux", {}, "/home/ada/.local/state/entrada"],
  ["linux", { XDG_STATE_HOME: "" }, "/home/ada/.local/state/entrada"],
  ["linux", { XDG_STATE_HOME: "relative" }, "/home/ada/.local/state/entrada"],
  ["freebsd", {}, "/home/ada/.local/state/entrada"],
  ["darwin", { XDG_STATE_HOME: "/state" }, "/home/ada/Library/Application Support/Entrada"],
] as const)("on %s with %j the folder is %s", (platform, env, folder) => {
  expect(defaultDirectory({ platform, env, home: () => "/home/ada" })).toBe(folder);
});

test.each([
  [{ LOCALAPPDATA: "D:\\Local" }, "D:\\Local\\Entrada"],
  [{}, "C:\\Users\\ada\\AppData\\Local\\Entrada"],
  [{ LOCALAPPDATA: "Local" }, "C:\\Users\\ada\\AppData\\Local\\Entrada"],
])("on Windows with %j the folder is %s", (env, folder) => {
  expect(defaultDirectory({ platform: "win32", env, home: () => "C:\\Users\\ada" })).toBe(folder);
});
