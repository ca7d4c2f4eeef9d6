import { randomUUID } from "node:crypto";
import { connect, createServer } from "node:net";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { acquireLock } from "./acquire-lock.ts";
import { LockWait } from "./lock-wait.ts";
import { lengthsOf, socketLock } from "./socket-lock.ts";

describe.runIf(process.platform === "linux")("a lock that is an abstract socket (Linux only)", () => {
  test("is held by one, who says its pid, until it is released", async () => {
    const name = newName();
    const [one, two] = [socketLock(name), socketLock(name)];
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
    const name = newName();
    const first = await socketLock(name).tryAcquire();
    await first!.release();
    const second = await socketLock(name).tryAcquire();
    await first!.release();
    expect(await socketLock(name).tryAcquire()).toBeUndefined();
    await second!.release();
  });

  // Bun holds the shorter alone, Node.js 20 the longer.
  test.each([106, 107])(
    "is respected where another runtime holds it in %i characters alone",
    async (length) => {
      const name = newName();
      const other = createServer().listen({ path: `\0${name.padEnd(length, "-")}` });
      await once(other, "listening");
      expect(await socketLock(name).tryAcquire()).toBeUndefined();
      other.close();
      await once(other, "close");
      const held = await socketLock(name).tryAcquire();
      expect(held).toBeDefined();
      await held!.release();
    },
  );

  // Bun can have the shorter alone, Node.js 20 the longer.
  test("is one to two runtimes that can have no name in common", async () => {
    const name = newName();
    const [bun, node20] = [socketLock(name, [106]), socketLock(name, [107])];
    for (const [one, other] of [
      [bun, node20],
      [node20, bun],
    ] as const) {
      const held = await one.tryAcquire();
      expect(held).toBeDefined();
      for (const lock of [one, other, socketLock(name)]) expect(await lock.tryAcquire()).toBeUndefined();
      await held!.release();
    }
  });

  test("is held by one at a time of all that want it, whatever names they can have", async () => {
    const name = newName();
    let inside = 0;
    const work = async (lengths: readonly number[]): Promise<void> => {
      for (let round = 0; round < 20; round++) {
        const held = await acquireLock(socketLock(name, lengths), new LockWait(60_000, undefined));
        expect(++inside).toBe(1);
        await new Promise(setImmediate);
        inside--;
        await held.release();
      }
    };
    await Promise.all([[106], [107], [107, 106], [106], [107]].map(work));
  });

  test("nobody's pid is known", async () => {
    expect(await socketLock(newName()).owner!(1000)).toBeUndefined();
  });

  test("is released even while others stay connected to it", async () => {
    const name = newName();
    const held = await socketLock(name).tryAcquire();
    const socket = connect({ path: `\0${name.padEnd(107, "-")}`, allowHalfOpen: true });
    await once(socket, "data");
    await held!.release();
    const next = await acquireLock(socketLock(name), new LockWait(5000, undefined));
    expect(await socketLock(name).tryAcquire()).toBeUndefined();
    await next.release();
    socket.destroy();
  });
});

test.each([
  ["20.19.5", [107]],
  ["22.0.0", [107, 106]],
  ["24.1.0", [107, 106]],
])("Node.js %s, as it fills names, may have these lengths of them: %j", (node, lengths) => {
  expect(lengthsOf(node)).toEqual(lengths);
});

function newName(): string {
  return `entrada-test-${randomUUID()}`;
}
