import { constants } from "node:fs";
import { expect, test } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import { acquireLock } from "./acquire-lock.ts";
import { LockWait } from "./lock-wait.ts";
import { openLock, type OpenFile } from "./open-lock.ts";

// What these flags do, the systems do that have them; their part is played here.

/** A kernel that lets a file be open once. */
function exclusiveOpen(code = "EAGAIN") {
  let isOpen = false;
  const calls: [string, number, number][] = [];
  const open: OpenFile = (path, flags, mode) => {
    calls.push([path, flags, mode]);
    if (isOpen) return Promise.reject(Object.assign(new Error("locked"), { code }));
    isOpen = true;
    return Promise.resolve({ close: () => Promise.resolve(void (isOpen = false)) });
  };
  return { open, calls };
}

test.each([
  ["darwin", 0x20, "EAGAIN"],
  ["freebsd", 0x20, "EAGAIN"],
  ["win32", 0x1000_0000, "EBUSY"],
] as const)(
  "on %s the lock comes with the opening, privately, and follows no link",
  async (platform, flag, code) => {
    const { open, calls } = exclusiveOpen(code);
    const lock = openLock("/folder/test.cache.lock", platform, open);
    await lock.tryAcquire();
    const [[path, flags, mode]] = calls as [[string, number, number]];
    expect(path).toBe("/folder/test.cache.lock");
    for (const each of [
      flag,
      constants.O_CREAT,
      constants.O_RDWR,
      constants.O_NOFOLLOW,
      constants.O_NONBLOCK,
    ]) {
      expect(flags & each).toBe(each);
    }
    expect(mode).toBe(0o600);
    expect(await lock.tryAcquire()).toBeUndefined();
  },
);

test("one at a time holds it, and the next one gets it after the release", async () => {
  const { open } = exclusiveOpen();
  const [one, two] = [openLock("lock", "darwin", open), openLock("lock", "darwin", open)];
  const held = await one.tryAcquire();
  expect(await two.tryAcquire()).toBeUndefined();
  const waiting = acquireLock(two, new LockWait(5000, undefined));
  await held!.release();
  await (await waiting).release();
});

test("a wait that is over says so", async () => {
  const lock = openLock("lock", "darwin", exclusiveOpen().open);
  await lock.tryAcquire();
  const failure = await failureOf(acquireLock(lock, new LockWait(30, undefined)));
  expect(failure).toMatchObject({
    detail: "cache_locked",
    message: expect.stringContaining("another process"),
  });
});

test("a lock file that cannot be opened is typed", async () => {
  const denied: OpenFile = () => Promise.reject(Object.assign(new Error("denied"), { code: "EACCES" }));
  expect(await failureOf(openLock("lock", "darwin", denied).tryAcquire())).toMatchObject({
    detail: "cache_unwritable",
  });
});
