import { execFileSync } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { makeKeyFile } from "./make-key-file.ts";

/** Runs the command as somebody does whose shell makes files that all may read. */
async function made(platform: NodeJS.Platform): Promise<string> {
  const folder = await temporaryFolder();
  const [, command] = /^`(.*)`$/.exec(makeKeyFile(platform))!;
  execFileSync("sh", ["-c", `umask 022; ${command}`], { cwd: folder });
  return join(folder, "cache.key");
}

test.runIf(process.platform !== "win32")(
  "what is told makes 32 bytes that nobody else may read",
  async () => {
    const file = await made("linux");
    expect(await readFile(file)).toHaveLength(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(await made("linux"))).not.toEqual(await readFile(file));
  },
);

test.runIf(process.platform !== "win32")("where there is no such command, Node.js makes it", async () => {
  expect(await readFile(await made("win32"))).toHaveLength(32);
  expect(makeKeyFile("win32")).not.toMatch(/umask|\/dev\//);
});
