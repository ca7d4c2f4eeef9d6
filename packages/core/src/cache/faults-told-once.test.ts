import { describe, expect, test } from "vitest";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { toldOnce } from "../events/told-once.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";
import { TokenCache } from "./token-cache.ts";

const MINUTE = 60_000;
const KEY = "a|b|c";

/** A store that can do nothing, and says why. */
function failing(message: () => string): TokenCacheStore {
  const fail = (): Promise<never> => {
    const what = message();
    return Promise.reject(
      new AuthenticationError({ code: "cache", detail: "cache_unreadable", what, remedy: "Mend it" }),
    );
  };
  return { read: fail, list: fail, write: fail, remove: fail, clear: fail, withLock: fail };
}

function cacheOver(store: TokenCacheStore) {
  const clock = virtualClock();
  const told: string[] = [];
  const tell = toldOnce((fault) => told.push(fault.message.split(".")[0]!), clock);
  return { cache: new TokenCache(store, tell, clock), told, clock };
}

/** All that a credential asks of its cache in one call, and goes on without. */
async function useAll(cache: TokenCache): Promise<void> {
  await cache.check();
  await cache.account(KEY);
  await cache.list("a|");
  await cache.change(KEY, async () => ({ result: undefined }));
  await cache.account(KEY);
}

describe("a fault of the store", () => {
  test("is told once, however often one call meets it", async () => {
    const { cache, told } = cacheOver(failing(() => "It cannot be read"));
    await useAll(cache);
    await useAll(cache);
    expect(told).toEqual(["It cannot be read"]);
  });

  test("is told again after a minute: it may have come back", async () => {
    const { cache, told, clock } = cacheOver(failing(() => "It cannot be read"));
    await useAll(cache);
    await clock.advance(MINUTE - 1);
    await useAll(cache);
    expect(told).toHaveLength(1);
    await clock.advance(1);
    await useAll(cache);
    expect(told).toHaveLength(2);
  });

  test("that says something else is another one", async () => {
    let message = "The keyring is locked";
    const { cache, told } = cacheOver(failing(() => message));
    await useAll(cache);
    message = "The file is no regular file";
    await useAll(cache);
    expect(told).toEqual(["The keyring is locked", "The file is no regular file"]);
  });
});
