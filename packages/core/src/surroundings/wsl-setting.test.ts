import { expect, test } from "vitest";
import { wslSetting } from "./wsl-setting.ts";

const FILE = `# a comment = none
root = /outside
[automount]
  root="/win"
root = /second
options = "uid=1000,gid=1000"
open = "
enabled

[interop]
Enabled = False
`;

test.each<readonly [string, string, string | undefined]>([
  ["automount", "root", "/win"],
  ["automount", "options", "uid=1000,gid=1000"],
  ["automount", "open", '"'],
  ["automount", "enabled", undefined],
  ["interop", "enabled", "False"],
  ["interop", "root", undefined],
  ["network", "root", undefined],
])("[%s] %s is %o", (section, name, value) => {
  expect(wslSetting(FILE, section, name)).toBe(value);
  expect(wslSetting(FILE.replaceAll("\n", "\r\n"), section, name)).toBe(value);
});

test("a file that is not there has none", () => {
  expect(wslSetting(undefined, "automount", "root")).toBeUndefined();
});
