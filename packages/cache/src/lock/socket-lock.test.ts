import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { acquireLock } from "./acquire-lock.ts";
import { LockWait } from "./lock-wait.ts";
import { socketLock } from "./socket-lock.ts";

const isSupported = process.platform === "linux" || process.platform === "win32";

describe.runIf(isSupported)("a lock that is a listening socket (Linux and Windows)", () => {
  test("is held by one, who says its pid, until it is released", async () => {
    const path = address();
    const [one, two] = [socketLock(path), socketLock(path)];
    const held = await one.tryAcquire();
    expect(await two.tryAcquire()).toBeUndefined();
    expect(await two.owner!(1000)).toBe(process.pid);
    await held!.release();
    const next = await two.tryAcquire();
    expect(next).toBeDefined();
    expect(await one.tryAcquire()).toBeUndefined();
    await next!.release();
  });

  test("can be released twice, and never for somebody else", async () => {
    const path = address();
    const first = await socketLock(path).tryAcquire();
    await first!.release();
    const second = await socketLock(path).tryAcquire();
    await first!.release();
    expect(await socketLock(path).tryAcquire()).toBeUndefined();
    await second!.release();
  });

  test("nobody's pid is known", async () => {
    expect(await socketLock(address()).owner!(1000)).toBeUndefined();
  });

  test("is released even while others stay connected to it", async () => {
    const path = address();
    const held = await socketLock(path).tryAcquire();
    const socket = connect({ path, allowHalfOpen: true });
    await once(socket, "data");
    await held!.release();
    const next = await acquireLock(socketLock(path), new LockWait(5000, undefined));
    expect(await socketLock(path).tryAcquire()).toBeUndefined();
    await next.release();
    socket.destroy();
  });
});

function address(): string {
  const name = `entrada-test-${randomUUID()}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : `\0${name}`;
}
