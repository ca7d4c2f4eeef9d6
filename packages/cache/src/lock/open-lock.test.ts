import { constants } from "node:fs";
import { expect, test } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import { acquireLock } from "./acquire-lock.ts";
import { LockWait } from "./lock-wait.ts";
import { openLock, type OpenFile } from "./open-lock.ts";

// O_EXLOCK exists on macOS and the BSDs only; the kernel's part is played here.

/** A kernel that lets a file be open once. */
function exclusiveOpen() {
  let isOpen = false;
  const calls: [string, number, number][] = [];
  const open: OpenFile = (path, flags, mode) => {
    calls.push([path, flags, mode]);
    if (isOpen) return Promise.reject(Object.assign(new Error("locked"), { code: "EAGAIN" }));
    isOpen = true;
    return Promise.resolve({ close: () => Promise.resolve(void (isOpen = false)) });
  };
  return { open, calls };
}

test("the file is opened with the lock in the same call, privately, and follows no link", async () => {
  const { open, calls } = exclusiveOpen();
  await openLock("/folder/test.cache.lock", open).tryAcquire();
  const [[path, flags, mode]] = calls as [[string, number, number]];
  expect(path).toBe("/folder/test.cache.lock");
  expect(flags & 0x20).toBe(0x20);
  expect(flags & constants.O_NONBLOCK).toBe(constants.O_NONBLOCK);
  expect(flags & constants.O_NOFOLLOW).toBe(constants.O_NOFOLLOW);
  expect(mode).toBe(0o600);
});

test("one at a time holds it, and the next one gets it after the release", async () => {
  const { open } = exclusiveOpen();
  const [one, two] = [openLock("lock", open), openLock("lock", open)];
  const held = await one.tryAcquire();
  expect(await two.tryAcquire()).toBeUndefined();
  const waiting = acquireLock(two, new LockWait(5000, undefined));
  await held!.release();
  await (await waiting).release();
});

test("a wait that is over says so", async () => {
  const lock = openLock("lock", exclusiveOpen().open);
  await lock.tryAcquire();
  const failure = await failureOf(acquireLock(lock, new LockWait(30, undefined)));
  expect(failure).toMatchObject({
    detail: "cache_locked",
    message: expect.stringContaining("another process"),
  });
});

test("a lock file that cannot be opened is typed", async () => {
  const denied: OpenFile = () => Promise.reject(Object.assign(new Error("denied"), { code: "EACCES" }));
  expect(await failureOf(openLock("lock", denied).tryAcquire())).toMatchObject({
    detail: "cache_unwritable",
  });
});
