import fs from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { closeFile } from "./close-file.ts";

afterEach(() => vi.restoreAllMocks());

async function opened(): Promise<number> {
  const path = join(await temporaryFolder(), "file");
  await writeFile(path, "");
  return fs.openSync(path, "r");
}

describe.each([
  ["linux", false],
  ["win32", true],
] as const)("on %s a file is closed", (platform, waits) => {
  test(waits ? "by a thread, since scanners look at it" : "without waiting for a thread", async () => {
    const descriptor = await opened();
    vi.spyOn(process, "platform", "get").mockReturnValue(platform);
    const [now, later] = [vi.spyOn(fs, "closeSync"), vi.spyOn(fs, "close")];
    await closeFile(descriptor);
    expect([now.mock.calls.length, later.mock.calls.length]).toEqual(waits ? [0, 1] : [1, 0]);
    expect(() => fs.fstatSync(descriptor)).toThrow(/EBADF/);
  });

  test("and what goes wrong with it is told", async () => {
    const descriptor = await opened();
    fs.closeSync(descriptor);
    vi.spyOn(process, "platform", "get").mockReturnValue(platform);
    await expect(closeFile(descriptor)).rejects.toMatchObject({ code: "EBADF" });
  });
});
