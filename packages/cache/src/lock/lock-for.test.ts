import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
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

  test("is another one where a folder's numbers run together to the same", async () => {
    const folder = await stat(await temporaryFolder(), { bigint: true });
    const [one, other] = [
      [1n, 23n],
      [12n, 3n],
    ].map(([dev, ino]) => Object.assign(Object.create(folder) as typeof folder, { dev, ino }));
    const held = await lockFor("", one!, "cache", 1000).tryAcquire();
    const another = await lockFor("", other!, "cache", 1000).tryAcquire();
    expect(another).toBeDefined();
    await another!.release();
    await held!.release();
  });

  test.each(["linux", "android"] as const)("is called the same by all versions: %s", async (platform) => {
    const status = await stat(await temporaryFolder(), { bigint: true });
    const folder = Object.assign(Object.create(status) as typeof status, { dev: 1n, ino: 2n });
    const name = "entrada-6f5eb8d4b2ae94d8d79d000ee5a219658ad94b3a".padEnd(107, "-");
    const earlier = createServer().listen({ path: `\0${name}` });
    await once(earlier, "listening");
    onTestFinished(() => void earlier.close());
    expect(await lockFor("", folder, "cache", 1000, platform).tryAcquire()).toBeUndefined();
  });
});

// The flags of one system are played on another that does not know them, which Windows would refuse.
test.skipIf(process.platform === "win32").each(["darwin", "freebsd", "win32"] as const)(
  "on %s, which may know no users, it is a file beside",
  async (platform) => {
    const directory = await temporaryFolder();
    const folder = await stat(directory, { bigint: true });
    const { geteuid } = process;
    Object.assign(process, { geteuid: undefined });
    onTestFinished(() => void Object.assign(process, { geteuid }));
    const held = await lockFor(directory, folder, "cache", undefined, platform).tryAcquire();
    expect(await readdir(directory)).toEqual(["cache.lock"]);
    await held!.release();
  },
);
