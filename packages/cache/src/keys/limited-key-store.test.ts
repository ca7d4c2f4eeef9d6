import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import { MemoryKeyStore } from "../../test/support/memory-key-store.ts";
import type { KeyStore } from "./key-store.ts";
import { limitedKeyStore } from "./limited-key-store.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] });
  onTestFinished(() => void vi.useRealTimers());
});

const CALLS: readonly [string, (store: KeyStore) => Promise<unknown>][] = [
  ["read", (store) => store.read()],
  ["write", (store) => store.write("secret")],
  ["remove", (store) => store.remove()],
];

test("a store that answers is used as it is, and no timer is left", async () => {
  const store = new MemoryKeyStore();
  const limited = limitedKeyStore(store, 2500);
  expect(await limited.read()).toBeUndefined();
  await limited.write("secret");
  expect(await limited.read()).toBe("secret");
  await limited.remove();
  expect(store.secret).toBeUndefined();
  store.failure = new Error("its own");
  expect(await failureOf(limited.read())).toBe(store.failure);
  expect(vi.getTimerCount()).toBe(0);
});

test.each(CALLS)("one that hangs is given up after the limit, and told so: %s", async (name, call) => {
  const given: (AbortSignal | undefined)[] = [];
  const hangs = (signal?: AbortSignal): Promise<never> => (given.push(signal), new Promise(() => {}));
  const limited = limitedKeyStore({ read: hangs, write: (_, signal) => hangs(signal), remove: hangs }, 2500);
  let ended: unknown;
  const calling = failureOf(call(limited)).then((failure) => (ended = failure));
  await vi.advanceTimersByTimeAsync(2499);
  expect(ended).toBeUndefined();
  expect(given[0]?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await calling;
  expect(ended, name).toMatchObject({
    code: "cache",
    detail: "cache_unreadable",
    message: expect.stringContaining("did not answer within 2.5 s") as string,
  });
  expect(given[0]?.aborted).toBe(true);
});

test("and is not asked again for a minute, by whatever call", async () => {
  const store = new MemoryKeyStore("secret");
  store.hangs = true;
  const limited = limitedKeyStore(store, 2500);
  const first = failureOf(limited.read());
  await vi.advanceTimersByTimeAsync(2500);
  await first;
  store.hangs = false;
  await vi.advanceTimersByTimeAsync(59_999);
  for (const [, call] of CALLS) {
    expect(await failureOf(call(limited))).toMatchObject({
      detail: "cache_unreadable",
      message: expect.stringContaining("did not answer within 2.5 s") as string,
    });
  }
  expect(store.calls).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await limited.read()).toBe("secret");
});

test.each([undefined, null, {}, "keyring", { read: async () => undefined }])(
  "what is no key store is refused by the option's name: case %#",
  (store) => {
    const limit = (): unknown => limitedKeyStore(store as never, 1000);
    expect(limit).toThrow(TypeError);
    expect(limit).toThrow(/"keyStore" must be an object with the methods read, write, remove/);
  },
);
