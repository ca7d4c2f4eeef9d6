import { randomUUID } from "node:crypto";
import { Server, type ListenOptions } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import { socketLock } from "./socket-lock.ts";

describe.runIf(process.platform === "linux")("where a name is refused (Linux only)", () => {
  test.each(["EINVAL", "ENAMETOOLONG"])(
    "for its length, as the longer is to Bun, the other is the lock: %s",
    async (code) => {
      const name = newName();
      refuse({ 107: code });
      const held = await socketLock(name).tryAcquire();
      expect(held).toBeDefined();
      expect(await socketLock(name, [106]).tryAcquire()).toBeUndefined();
      await held!.release();
      const next = await socketLock(name, [106]).tryAcquire();
      expect(next).toBeDefined();
      await next!.release();
    },
  );

  test("for its length, whoever holds that one is respected all the same", async () => {
    const name = newName();
    const node20 = await socketLock(name, [107]).tryAcquire();
    refuse({ 107: "EINVAL" });
    expect(await socketLock(name).tryAcquire()).toBeUndefined();
    await node20!.release();
    const held = await socketLock(name).tryAcquire();
    expect(held).toBeDefined();
    await held!.release();
  });

  test.each([
    ["by a sandbox, all of them", { 107: "EPERM", 106: "EPERM" }],
    ["by a sandbox, the first", { 107: "EACCES" }],
    ["by a sandbox, the second", { 106: "EPERM" }],
    ["for its length, though it is the shorter", { 106: "EINVAL" }],
    ["without a word", { 107: undefined }],
  ])("there is no such lock: %s", async (_, codes) => {
    const name = newName();
    const allow = refuse(codes);
    const failure = await failureOf(socketLock(name).tryAcquire());
    expect(failure).toMatchObject({
      code: "cache",
      detail: "cache_unwritable",
      message: expect.stringMatching(/sandbox/) as string,
      cause: { message: "refused" },
    });
    allow();
    const held = await socketLock(name).tryAcquire();
    expect(held).toBeDefined();
    await held!.release();
  });

  test("because it is taken, the other is not touched", async () => {
    const name = newName();
    const held = await socketLock(name).tryAcquire();
    const listen = vi.spyOn(Server.prototype, "listen");
    onTestFinished(() => listen.mockRestore());
    expect(await socketLock(name).tryAcquire()).toBeUndefined();
    expect(listen).toHaveBeenCalledTimes(1);
    await held!.release();
  });

  // What a cluster's worker listens on otherwise, its primary process holds for all workers at once.
  test("it is to nobody else's worker of a cluster", async () => {
    const listen = vi.spyOn(Server.prototype, "listen");
    onTestFinished(() => listen.mockRestore());
    const held = await socketLock(newName()).tryAcquire();
    for (const [options] of listen.mock.calls) expect(options).toMatchObject({ exclusive: true });
    await held!.release();
  });
});

/** Plays a system that refuses names of these lengths; returns what ends it. */
function refuse(codes: Readonly<Record<number, string | undefined>>): () => void {
  const { listen } = Server.prototype;
  const refusing = vi.spyOn(Server.prototype, "listen").mockImplementation(function (this: Server, ...call) {
    const [{ path }] = call as unknown as [ListenOptions];
    const length = path!.length - 1;
    if (!(length in codes)) return listen.apply(this, call);
    process.nextTick(() => this.emit("error", Object.assign(new Error("refused"), { code: codes[length] })));
    return this;
  });
  onTestFinished(() => refusing.mockRestore());
  return () => refusing.mockRestore();
}

function newName(): string {
  return `entrada-test-${randomUUID()}`;
}
