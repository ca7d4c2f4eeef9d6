import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, Server, type Socket } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { stillHeld } from "../../../../tools/measure/still-held.ts";
import { socketLock } from "./socket-lock.ts";

describe.runIf(process.platform === "linux")("the owner of a lock (Linux only)", () => {
  test.each([[[106]], [[107]], [[107, 106]]])(
    "says its pid on whichever names it has: %j",
    async (lengths) => {
      const name = newName();
      const held = await socketLock(name, lengths).tryAcquire();
      expect(await socketLock(name).owner!(1000)).toBe(process.pid);
      await held!.release();
    },
  );

  test.each<[string, number | undefined, readonly string[]]>([
    ["says its pid in two parts", 4711, ["47", "11\n"]],
    ["says its pid and then something else", 4711, ["4711\nx"]],
    ["says no pid", undefined, ["x\n"]],
    ["does not end its line", undefined, ["4".repeat(17)]],
  ])("that %s and stays connected is left without waiting for it", async (_, pid, parts) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const name = await silentOwner(async (socket) => {
      for (const part of parts) {
        socket.write(part);
        // Until it has been read: the loop looks for that once in each turn.
        for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
      }
    });
    expect(await socketLock(name).owner!(1000)).toBe(pid);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("that says nothing is not waited for longer than is said", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const asked = Promise.withResolvers<void>();
    const name = await silentOwner(() => asked.resolve());
    let pid: number | undefined | "open" = "open";
    const asking = socketLock(name).owner!(1000).then((said) => (pid = said));
    await asked.promise;
    await vi.advanceTimersByTimeAsync(999);
    expect(pid).toBe("open");
    await vi.advanceTimersByTimeAsync(1);
    expect(await asking).toBeUndefined();
  });

  test("bears it that who asks leaves before the answer, and forgets who has asked", async () => {
    const listen = vi.spyOn(Server.prototype, "listen");
    onTestFinished(() => listen.mockRestore());
    const name = newName();
    const held = await socketLock(name, [107]).tryAcquire();
    const server = listen.mock.contexts[0] as Server;
    const asker = await (async () => {
      const connection = once(server, "connection") as Promise<[Socket]>;
      const client = connect({ path: `\0${name.padEnd(107, "-")}` });
      const [socket] = await connection;
      const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
      expect(() => socket.emit("error", new Error("EPIPE"))).not.toThrow();
      client.destroy();
      await gone;
      return new WeakRef(socket);
    })();
    expect(await stillHeld([asker])).toEqual([]);
    await held!.release();
  });
});

/** Holds a lock and leaves each who asks to `answer`, without ever closing the connection itself. */
async function silentOwner(answer: (socket: Socket) => unknown): Promise<string> {
  const name = newName();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => {});
    onTestFinished(() => void socket.destroy());
    void answer(socket);
  }).listen({ path: `\0${name.padEnd(107, "-")}` });
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return name;
}

function newName(): string {
  return `entrada-test-${randomUUID()}`;
}
