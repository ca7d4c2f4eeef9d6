import fs from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { syncDescriptor, syncFolder } from "./sync-to-disk.ts";

afterEach(() => vi.restoreAllMocks());

const answering = (code: string) =>
  vi.spyOn(fs, "fsync").mockImplementation((_, done) => done(Object.assign(new Error("x"), { code })));

test.each(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"])(
  "a file system that has no such call is no fault: %s",
  async (code) => {
    const sync = answering(code);
    await syncDescriptor(0);
    expect(sync).toHaveBeenCalledOnce();
  },
);

test.each(["EIO", "ENOSPC"])("what it says of the disk itself is told: %s", async (code) => {
  answering(code);
  await expect(syncDescriptor(0)).rejects.toMatchObject({ code });
});

test.each([
  ["linux", 1],
  ["win32", 0],
] as const)("on %s a folder is opened for it, and closed, %i times", async (platform, times) => {
  const folder = await temporaryFolder();
  vi.spyOn(process, "platform", "get").mockReturnValue(platform);
  const open = vi.spyOn(fs, "openSync").mockReturnValue(-1);
  const sync = vi.spyOn(fs, "fsync").mockImplementation((_, done) => done(null));
  const close = vi.spyOn(fs, "closeSync").mockReturnValue();
  await syncFolder(folder);
  expect([open, sync, close].map(({ mock }) => mock.calls.length)).toEqual([times, times, times]);
});
