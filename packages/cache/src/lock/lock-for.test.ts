import { stat } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { lockFor } from "./lock-for.ts";

describe.runIf(process.platform === "linux")("the lock of a file (Linux only)", () => {
  test("is one for all processes of a user", async () => {
    const directory = await temporaryFolder();
    const folder = await stat(directory, { bigint: true });
    const held = await lockFor(directory, folder, "cache", 1000).tryAcquire();
    expect(await lockFor(directory, folder, "cache", 1000).tryAcquire()).toBeUndefined();
    // It goes by the folder, not by the way that was taken to it.
    expect(await lockFor(`${directory}/.`, folder, "cache", 1000).tryAcquire()).toBeUndefined();
    await held!.release();
  });

  test.each([
    ["user", "cache", 1001, 0n],
    ["file", "another", 1000, 0n],
    ["folder", "cache", 1000, 1n],
  ])("is nothing to another %s", async (_, fileName, user, otherFolder) => {
    const directory = await temporaryFolder();
    const folder = await stat(directory, { bigint: true });
    const held = await lockFor(directory, folder, "cache", 1000).tryAcquire();
    const elsewhere = Object.assign(Object.create(folder) as typeof folder, {
      ino: folder.ino + otherFolder,
    });
    const other = await lockFor(directory, elsewhere, fileName, user).tryAcquire();
    expect(other).toBeDefined();
    await other!.release();
    await held!.release();
  });

  test("is, where nobody says for whom, this process's user's", async () => {
    const directory = await temporaryFolder();
    const folder = await stat(directory, { bigint: true });
    const held = await lockFor(directory, folder, "cache").tryAcquire();
    expect(await lockFor(directory, folder, "cache", process.geteuid!()).tryAcquire()).toBeUndefined();
    await held!.release();
  });
});
