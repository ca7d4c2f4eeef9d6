import fs from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { closeFile } from "./close-file.ts";

afterEach(() => vi.restoreAllMocks());

async function opened(): Promise<number> {
  const path = join(await temporaryFolder(), "file");
  await writeFile(path, "");
  return fs.openSync(path, "r");
}

test.each([
  ["linux", "without waiting for a thread", [1, 0]],
  ["win32", "by a thread, since scanners look at it", [0, 1]],
] as const)("on %s a file is closed %s", async (platform, _, calls) => {
  const descriptor = await opened();
  vi.spyOn(process, "platform", "get").mockReturnValue(platform);
  const [now, later] = [vi.spyOn(fs, "closeSync"), vi.spyOn(fs, "close")];
  await closeFile(descriptor);
  expect([now.mock.calls.length, later.mock.calls.length]).toEqual(calls);
  expect(() => fs.fstatSync(descriptor)).toThrow(/EBADF/);
});

test.each(["linux", "win32"] as const)("on %s what goes wrong with it is told", async (platform) => {
  const descriptor = await opened();
  fs.closeSync(descriptor);
  vi.spyOn(process, "platform", "get").mockReturnValue(platform);
  await expect(closeFile(descriptor)).rejects.toMatchObject({ code: "EBADF" });
});
