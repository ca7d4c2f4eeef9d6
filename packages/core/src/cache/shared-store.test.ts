import { describe, expect, test } from "vitest";
import { memoryTokenCache } from "./memory-token-cache.ts";
import { SharedStore } from "./shared-store.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

const bytes = new Uint8Array([1]);
const broken = (): Promise<never> => Promise.reject(new Error("disk"));

function sharedOver(faults: Partial<TokenCacheStore> = {}) {
  const told: Error[] = [];
  const store = { ...memoryTokenCache(), ...faults };
  return { store, told, shared: new SharedStore(store, store, (error) => told.push(error)) };
}

describe("the state of the sign-ins", () => {
  test("changes with each new account and each new label, and with no renewal", async () => {
    const { store, shared } = sharedOver();
    const states = [await shared.signIns("c|a|")];
    for (const [key, label] of [
      ["c|a|h", "1"],
      ["c|a|i", "1"],
      ["c|a|h", "2"],
      ["c|a|unlabelled", undefined],
    ] as const) {
      await store.write(key, bytes, label);
      states.push(await shared.signIns("c|a|"));
    }
    expect(new Set(states).size).toBe(5);
    await store.write("c|a|h", new Uint8Array([2]), "2");
    expect(await shared.signIns("c|a|")).toBe(states.at(-1));
  });

  test("is seen in the list of a store that has no word for it", async () => {
    const { revision: _, ...store } = memoryTokenCache();
    const shared = new SharedStore(store, store, () => expect.unreachable());
    await store.write("c|a|h", bytes, "1");
    expect(await shared.signIns("c|a|")).toBe("c|a|h 1");
  });

  test("is that of the accounts that were asked for, in whichever order the store names them", async () => {
    const { store, shared } = sharedOver();
    await store.write("c|a|h", bytes, "1");
    await store.write("c|a|i", bytes, "1");
    const state = await shared.signIns("c|a|");
    await store.write("other|c|a|", bytes, "1");
    expect(await shared.signIns("c|a|")).toBe(state);
    const { store: reversed, shared: second } = sharedOver();
    await reversed.write("c|a|i", bytes, "1");
    await reversed.write("c|a|h", bytes, "1");
    expect(await second.signIns("c|a|")).toBe(state);
  });

  test("tells two accounts from one whose label would read like both", async () => {
    const two = sharedOver();
    await two.store.write("c|a|h", bytes, "1");
    await two.store.write("c|a|i", bytes, "2");
    const one = sharedOver();
    await one.store.write("c|a|h", bytes, "1c|a|i 2");
    expect(await one.shared.signIns("c|a|")).not.toBe(await two.shared.signIns("c|a|"));
  });

  test("is the store's revision where it tells one, and then nothing is listed", async () => {
    const { shared } = sharedOver({ revision: async () => "r7", list: broken });
    expect(await shared.signIns("c|a|")).toBe("r7");
  });

  test("that cannot be read is that of an empty store, and nobody is told", async () => {
    const { shared, told } = sharedOver({ list: broken });
    expect(await shared.signIns("c|a|")).toBe(await sharedOver().shared.signIns("c|a|"));
    expect(told).toEqual([]);
  });
});

describe("who asks a person alone", () => {
  const options = (signal: AbortSignal = new AbortController().signal) => ({ signal, onHeld: () => {} });

  test("asks at once where the store has no way", async () => {
    const { withPromptLock: _, ...store } = memoryTokenCache();
    const shared = new SharedStore(store, store, () => expect.unreachable());
    expect(await shared.alone("k", async () => 7, options())).toBe(7);
  });

  test("asks inside the store's lock, once, however often the store runs it", async () => {
    const steps: unknown[] = [];
    const given = options();
    const { shared, told } = sharedOver({
      withPromptLock: async (key, work, passed) => {
        steps.push(key, passed);
        await work();
        const result = await work();
        steps.push("unlocked");
        return result;
      },
    });
    const asked = shared.alone("k", async () => steps.push("asked"), given);
    expect(await asked).toBe(3);
    expect(steps).toEqual(["k", given, "asked", "unlocked"]);
    expect(told).toEqual([]);
  });

  test("asks all the same where there is no lock to be had, and that is told", async () => {
    const { shared, told } = sharedOver({ withPromptLock: broken });
    expect(await shared.alone("k", async () => 7, options())).toBe(7);
    expect(told).toMatchObject([{ message: "disk" }]);
  });

  test("hears what the asking came to, and nothing of what the lock does afterwards", async () => {
    const { shared, told } = sharedOver({
      withPromptLock: async (_key, work) => {
        await work();
        throw new Error("unlock");
      },
    });
    expect(await shared.alone("k", async () => 7, options())).toBe(7);
    const refused = shared.alone("k", () => Promise.reject(new Error("no")), options());
    await expect(refused).rejects.toThrow("no");
    expect(told).toEqual([]);
  });

  test("hears a refusal that the lock has kept to itself", async () => {
    const { shared } = sharedOver({
      withPromptLock: (async (_key: string, work: () => Promise<unknown>) =>
        void (await work().catch(() => {}))) as never,
    });
    const refused = shared.alone("k", () => Promise.reject(new Error("no")), options());
    await expect(refused).rejects.toThrow("no");
  });

  test("does not ask after an abort, and nobody is told of a lock", async () => {
    const controller = new AbortController();
    const { shared, told } = sharedOver({
      withPromptLock: () => {
        controller.abort("enough");
        return broken();
      },
    });
    let asked = false;
    const work = shared.alone("k", async () => (asked = true), options(controller.signal));
    await expect(work).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
    expect([asked, told]).toEqual([false, []]);
  });
});
