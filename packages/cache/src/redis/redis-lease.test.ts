import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RedisCommands, type RedisClient } from "./redis-commands.ts";
import { notSaved, RedisLease } from "./redis-lease.ts";

const KEY = "lease";
const LEASE_IN_MS = 3000;
const LIMIT_IN_MS = 500;

/** A server that knows what a lease asks of it, and can be away. */
class LeaseServer {
  /** Who has the lease, and until when. */
  held: { readonly token: string; readonly until: number } | undefined;
  readonly asked: string[] = [];
  /** What a command meets before it is done. */
  before: () => Promise<void> = async () => {};

  readonly client: RedisClient = {
    eval: async (script, { keys, arguments: [token = "", leaseInMs] }) => {
      if (keys.join() !== KEY) throw new Error(`No lease is called ${keys.join()}`);
      const what = /"(SET|PEXPIRE|DEL)"/.exec(script)![1]!;
      this.asked.push(what);
      await this.before();
      const holder = this.held && this.held.until > Date.now() ? this.held.token : undefined;
      if (what === "SET" ? holder !== undefined : holder !== token) return 0;
      this.held = what === "DEL" ? undefined : { token, until: Date.now() + Number(leaseInMs) };
      return 1;
    },
  };

  lease(): RedisLease {
    return new RedisLease(new RedisCommands(this.client, LIMIT_IN_MS), KEY, LEASE_IN_MS);
  }
}

let server: LeaseServer;
beforeEach(() => {
  vi.useFakeTimers();
  server = new LeaseServer();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a lease", () => {
  test("is one holder's, who is known by a word of 128 bits that is new each time", async () => {
    const [one, two] = [server.lease(), server.lease()];
    expect(one.token).toBe("");
    const held = await one.tryAcquire();
    expect(one.token).toMatch(/^[0-9a-f]{32}$/);
    expect(server.held?.token).toBe(one.token);
    expect(await two.tryAcquire()).toBeUndefined();
    expect(two.token).toBe("");
    const before = one.token;
    await held!.release();
    expect(server.held).toBeUndefined();
    await (await one.tryAcquire())!.release();
    expect(one.token).not.toBe(before);
  });

  test("is renewed three times while it lasts, and no more once it was given back", async () => {
    const held = await server.lease().tryAcquire();
    await vi.advanceTimersByTimeAsync(LEASE_IN_MS);
    expect(server.asked).toEqual(["SET", "PEXPIRE", "PEXPIRE", "PEXPIRE"]);
    expect(server.held?.until).toBe(Date.now() + LEASE_IN_MS);
    await held!.release();
    await vi.advanceTimersByTimeAsync(LEASE_IN_MS);
    expect(server.asked.slice(4)).toEqual(["DEL"]);
  });

  test("keeps no process alive", async () => {
    vi.useRealTimers();
    const timers = vi.spyOn(globalThis, "setInterval");
    const held = await server.lease().tryAcquire();
    expect(timers.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([false]);
    timers.mockRestore();
    await held!.release();
  });

  test("outlives a renewal that the server did not hear, and its release is no error without a server", async () => {
    const held = await server.lease().tryAcquire();
    server.before = () => Promise.reject(new Error("ECONNRESET"));
    await vi.advanceTimersByTimeAsync(LEASE_IN_MS / 3);
    server.before = async () => {};
    await vi.advanceTimersByTimeAsync(LEASE_IN_MS / 3);
    expect(server.held?.until).toBe(Date.now() + LEASE_IN_MS);
    server.before = () => Promise.reject(new Error("ECONNRESET"));
    await held!.release();
  });

  test("that cannot be asked for is a fault", async () => {
    server.before = () => Promise.reject(new Error("ECONNRESET"));
    await expect(server.lease().tryAcquire()).rejects.toMatchObject({ detail: "cache_unwritable" });
  });
});

describe("a lease that comes when nobody waits for it any more", () => {
  async function late(isFree: boolean): Promise<void> {
    const other = server.lease();
    if (!isFree) await other.tryAcquire();
    server.asked.length = 0;
    let answer = (): void => {};
    server.before = () => new Promise((resolve) => (answer = resolve));
    const lease = server.lease();
    const ended = expect(lease.tryAcquire()).rejects.toMatchObject({ detail: "cache_unwritable" });
    await vi.advanceTimersByTimeAsync(LIMIT_IN_MS);
    await ended;
    server.before = async () => {};
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(lease.token).toBe("");
    expect(server.held?.token).toBe(isFree ? undefined : other.token);
  }

  test("is given back", async () => {
    await late(true);
    expect(server.asked).toEqual(["SET", "DEL"]);
  });

  test("is left to its holder, where it is another's", async () => {
    await late(false);
    expect(server.asked).toEqual(["SET"]);
  });
});

test("what was not saved says whether the lease or the content was lost, and can be tried again", () => {
  expect(notSaved(true)).toMatchObject({ detail: "cache_locked", retryable: true });
  expect(notSaved(true).message).toContain("changed by another process");
  expect(notSaved(false).message).toContain("ran out");
});
