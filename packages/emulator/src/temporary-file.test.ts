import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { temporaryFile } from "./temporary-file.ts";

test("a temporary file is there until it is removed, and its folder with it", () => {
  const { path, remove } = temporaryFile("ca.pem", "text");
  expect(readFileSync(path, "utf8")).toBe("text");
  remove();
  remove();
  expect(existsSync(dirname(path))).toBe(false);
});

test("the end of the process removes it, also by process.exit", () => {
  const module = new URL("./temporary-file.ts", import.meta.url).href;
  const program = `import { temporaryFile } from ${JSON.stringify(module)};
    console.log(temporaryFile("ca.pem", "text").path); process.exit(3);`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  expect([status, stdout.trim().endsWith("ca.pem")]).toEqual([3, true]);
  expect(existsSync(dirname(stdout.trim()))).toBe(false);
});
