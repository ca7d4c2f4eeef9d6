import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RedisClient } from "./redis-commands.ts";
import { redisTokenCache, type RedisTokenCacheOptions } from "./redis-token-cache.ts";

const KEY = Buffer.alloc(32, 7);

/** A server with nothing on it, that keeps nothing and notes what it is given. */
function emptyServer(isLeaseFree = true) {
  const leases: string[] = [];
  const lifetimes: string[] = [];
  const client: RedisClient = {
    eval: async (script, { arguments: given }) => {
      if (script.includes(`"NX"`)) return (leases.push(given[1]!), isLeaseFree ? 1 : 0);
      if (script.includes(`return {"none"}`) || script.includes(`"before" or "none"`)) return ["none"];
      if (script.includes(`return "index"`)) lifetimes.push(given[4]!);
      return "done";
    },
  };
  const open = (options: Partial<RedisTokenCacheOptions> = {}) =>
    redisTokenCache({ client, name: "test", key: KEY, ...options });
  return { open, leases, lifetimes };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a wrong option is named", () => {
  const client = { eval: async () => "done" };
  const right = { client, name: "a", key: KEY };

  test.each<[string, object | undefined]>([
    ['"name"', undefined],
    ['"name"', { ...right, name: "../a" }],
    ['"clients"', { ...right, clients: 1 }],
    ['"client"', { name: "a", key: KEY }],
    ['"client"', { ...right, client: {} }],
    ['"key"', { ...right, key: "secret" }],
    ['"key"', { ...right, key: KEY.subarray(1) }],
    ['"key"', { ...right, key: Buffer.alloc(33) }],
    ['"onWarning"', { ...right, onWarning: 1 }],
    ...["lockTimeoutInMs", "leaseInMs", "commandTimeoutInMs"].flatMap((option): [string, object][] =>
      [0, 0.5, -1, Number.NaN, 2 ** 31, "1000"].map((value) => [
        `"${option}"`,
        { ...right, [option]: value },
      ]),
    ),
    ...[0, 0.5, -1, Number.NaN, "1000"].map((value): [string, object] => [
      '"accountLifetimeInMs"',
      { ...right, accountLifetimeInMs: value },
    ]),
  ])("%s: case %#", (name, options) => {
    const open = (): unknown => redisTokenCache(options as never);
    expect(open).toThrow(TypeError);
    expect(open).toThrow(name);
    expect(open).not.toThrow("secret");
  });

  test("and those at the edge are right", () => {
    const longest = 2 ** 31 - 1;
    const edge = { lockTimeoutInMs: longest, leaseInMs: 1, commandTimeoutInMs: longest };
    expect(redisTokenCache({ ...right, ...edge, accountLifetimeInMs: 1, onWarning() {} })).toBeDefined();
  });
});

describe("an account", () => {
  const YEAR = 365 * 24 * 60 * 60 * 1000;

  test.each([
    ["for 90 days", undefined, "7776000000"],
    ["as long as is said, in whole milliseconds", 1000.5, "1001"],
    ["for a hundred years", 100 * YEAR, String(100 * YEAR)],
    ["for ever, where that is longer than a hundred years", 100 * YEAR + 1, "0"],
    ["for ever", Number.POSITIVE_INFINITY, "0"],
  ])("stays %s", async (_, accountLifetimeInMs, told) => {
    const { open, lifetimes } = emptyServer();
    await open({ accountLifetimeInMs }).write("a", Buffer.from("x"));
    expect(lifetimes).toEqual([told]);
  });
});

describe("a lease", () => {
  test.each([
    ["of 5 s", undefined, "5000"],
    ["in whole milliseconds", 1.5, "2"],
  ])("is asked for %s", async (_, leaseInMs, told) => {
    const { open, leases } = emptyServer();
    await open({ leaseInMs }).write("a", Buffer.from("x"));
    expect(leases).toEqual([told]);
  });

  test("that somebody else has is waited for 10 s", async () => {
    const writing = emptyServer(false).open().write("a", Buffer.from("x"));
    const ended = vi.fn<(reason: unknown) => void>();
    writing.catch(ended);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(ended.mock.calls).toEqual([[expect.objectContaining({ detail: "cache_locked" })]]);
  });
});

test("a server has 10 s for an answer", async () => {
  const client = { eval: () => new Promise<never>(() => {}) };
  const ended = vi.fn<(reason: unknown) => void>();
  redisTokenCache({ client, name: "test", key: KEY }).read("a").catch(ended);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(ended.mock.calls).toEqual([[expect.objectContaining({ detail: "cache_unreadable" })]]);
});

describe("what should be known", () => {
  const client: RedisClient = {
    eval: async (script, { arguments: given }) => {
      if (script.includes(`"NX"`)) return 1;
      return script.includes(`return {"none"}`) ? ["record", "junk"] : given.length > 0 ? "done" : ["none"];
    },
  };
  const open = () => redisTokenCache({ client, name: "test", key: KEY });

  test("is a warning of the process where nobody else listens", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    expect(await open().read("a")).toBeUndefined();
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });

  test("is told to the credential that uses the cache", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const store = open();
    const heard: string[] = [];
    store.watchWarnings!(({ code }) => heard.push(code));
    await store.read("a");
    expect(new Set(heard)).toEqual(new Set(["cache_corrupt"]));
    warned.mockRestore();
  });
});
