import { describe, expect, test } from "vitest";
import { bytes, failureOf, text } from "../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { MemoryPlace, OneKey } from "../../test/support/memory-place.ts";
import { sealWhole } from "../../test/support/seal-whole.ts";
import { describeStore } from "../../test/support/store-contract.ts";
import { cacheError } from "../cache-error.ts";
import type { CacheWarning } from "../cache-warning.ts";
import { newDataKey } from "./data-key.ts";
import { parseHeader } from "./sealed-format.ts";
import { SealedTokenCache } from "./sealed-token-cache.ts";

const JUNK = Buffer.from("junk");

/** A place, and what opens it: each cache is another process. */
function shared() {
  const place = new MemoryPlace();
  const keys = new OneKey(FIXED_KEY);
  const warnings: CacheWarning[] = [];
  const open = ({ lockTimeoutInMs = 10_000 }: { readonly lockTimeoutInMs?: number } = {}): SealedTokenCache =>
    new SealedTokenCache({ place, keys, warn: (warning) => warnings.push(warning), lockTimeoutInMs });
  return { place, keys, warnings, open };
}

describeStore("SealedTokenCache", () => {
  const { open } = shared();
  return Promise.resolve((options) => {
    const cache = open(options);
    return {
      store: undefined as never,
      read: () => cache.read(),
      write: (data) => cache.write(data),
      clear: () => cache.clear(),
      withLock: (work, how) => cache.withLock(work, how),
    };
  });
});

describe("reading", () => {
  test("takes no lock, and the header alone while nothing has changed", async () => {
    const { place, keys, open } = shared();
    await open().write(bytes("content"));
    place.isHeld = true;
    keys.asked.length = 0;
    const cache = open();
    expect(text(await cache.read())).toBe("content");
    await cache.read();
    expect(place.wholeReads).toBe(1);
    expect(keys.asked).toHaveLength(1);
  });

  test("asks for a key even where there is nothing, before anybody signs in for nothing", async () => {
    const { keys, open } = shared();
    keys.failures.toOpen = cacheError("cache_no_encryption", "No keyring", "Install one");
    expect(await failureOf(open().read())).toBe(keys.failures.toOpen);
    expect(keys.asked).toEqual([["toOpen", undefined]]);
  });

  test("tells the header of what was read or written last, and of nothing when there is nothing", async () => {
    const { place, open } = shared();
    const [one, two] = [open(), open()];
    expect(one.header).toBeUndefined();
    await one.write(bytes("content"));
    expect(one.header).toEqual(parseHeader(place.content!));
    await two.read();
    expect(two.header).toEqual(one.header);
    await one.clear();
    expect(one.header).toBeUndefined();
    await two.read();
    expect(two.header).toBeUndefined();
  });

  test("what can no longer be read is not what was read before", async () => {
    const { place, open } = shared();
    const cache = open();
    await cache.write(bytes("content"));
    place.failures.load = cacheError("cache_unreadable", "Unreadable", "Try again");
    expect(await failureOf(cache.read())).toBe(place.failures.load);
    expect(cache.header).toBeUndefined();
    delete place.failures.load;
    expect(text(await cache.read())).toBe("content");
  });
});

describe("damage", () => {
  test("is put aside under the lock and told of, and the cache is empty", async () => {
    const { place, warnings, open } = shared();
    const cache = open();
    await cache.write(bytes("content"));
    place.put(JUNK);
    expect(await cache.read()).toBeUndefined();
    expect(cache.header).toBeUndefined();
    expect(place.aside).toEqual([JUNK]);
    expect(place.isHeld).toBe(false);
    expect(warnings[0]).toMatchObject({
      code: "cache_corrupt",
      message: expect.stringContaining("damaged") as string,
      error: { detail: "cache_corrupt" },
    });
  });

  test("of the content, behind a whole header, is damage, too", async () => {
    const { place, open } = shared();
    const { file } = sealWhole(bytes("content"), FIXED_KEY, 1n);
    file.writeUInt8(file.readUInt8(file.length - 1) ^ 1, file.length - 1);
    place.put(file);
    expect(await open().read()).toBeUndefined();
    expect(place.aside).toEqual([file]);
  });

  test("is moved once, and what somebody saved meanwhile is read", async () => {
    const { place, open } = shared();
    const other = open();
    await other.write(bytes("before"));
    const good = place.content!;
    place.put(JUNK);
    const cache = open();
    let reading: Promise<Uint8Array | undefined> | undefined;
    await other.withLock(async () => {
      reading = cache.read();
      await new Promise(setImmediate);
      place.put(good);
    });
    expect(text(await reading)).toBe("before");
    expect(place.aside).toEqual([]);
  });

  test.each(["lock", "putAside"] as const)(
    "that cannot be moved (%s) is an empty cache all the same",
    async (call) => {
      const { place, open } = shared();
      place.put(JUNK);
      place.failures[call] = cacheError("cache_unwritable", "Read-only", "Make it writable");
      expect(await open().read()).toBeUndefined();
      expect(place.content).toBe(JUNK);
    },
  );

  test("that cannot be moved for a fault of the program's is that fault", async () => {
    const { place, open } = shared();
    place.put(JUNK);
    place.failures.putAside = new TypeError("a mistake");
    expect(await failureOf(open().read())).toBe(place.failures.putAside);
  });

  test.each([
    ["of all of it", () => JUNK],
    ["of the content alone", () => sealWhole(bytes("content"), newDataKey(), 7n).file],
  ])("%s is replaced by the next save, as the first of its place", async (_, damaged) => {
    const { place, open } = shared();
    const content = damaged();
    place.put(content);
    await open().write(bytes("anew"));
    expect(place.aside).toEqual([content]);
    expect(parseHeader(place.content!).generation).toBe(1n);
  });

  test.each([
    ["what a newer version has written", cacheError("cache_version", "Newer", "Update")],
    ["a fault of the program's", new TypeError("a mistake")],
  ])("is not %s: that is told, and stays where it is", async (_, fault) => {
    const { place, warnings, open } = shared();
    place.put(JUNK);
    place.failures.load = fault;
    expect(await failureOf(open().read())).toBe(fault);
    expect(await failureOf(open().withLock(() => open().read()))).toBe(fault);
    expect(place.aside).toEqual([]);
    expect(warnings).toEqual([]);
  });
});

describe("saving", () => {
  test("counts its saves, and asks for the key that sealed what is there", async () => {
    const { place, keys, open } = shared();
    const [one, two] = [open(), open()];
    for (const [index, cache] of [one, one, two, one].entries()) {
      const before = place.content && parseHeader(place.content);
      keys.asked.length = 0;
      await cache.write(bytes(`save ${index}`));
      expect(parseHeader(place.content!).generation).toBe(BigInt(index + 1));
      expect(keys.asked.find(([call]) => call === "toSeal")).toEqual(["toSeal", before]);
    }
  });

  test("without a key stands in clear, and is read so", async () => {
    const { place, keys, open } = shared();
    keys.key = undefined;
    await open().write(bytes("content-marker"));
    expect(place.content!.includes("content-marker")).toBe(true);
    expect(text(await open().read())).toBe("content-marker");
  });

  test("is refused where the same access has read in vain, though it could be read by now", async () => {
    const { place, open } = shared();
    const cache = open();
    await cache.write(bytes("kept"));
    const before = place.content;
    const saving = cache.withLock(async () => {
      place.failures.load = cacheError("cache_unreadable", "Unreadable", "Try again");
      await failureOf(cache.read());
      delete place.failures.load;
      await cache.write(bytes("lost"));
    });
    expect(await failureOf(saving)).toMatchObject({
      code: "cache",
      detail: "cache_unwritable",
      message: expect.stringMatching(/could not be read.*`read` and `write` inside one `withLock`/) as string,
    });
    expect(place.content).toBe(before);
    await cache.withLock(async () => {
      await cache.read();
      await cache.write(bytes("goes on"));
    });
    expect(text(await open().read())).toBe("goes on");
  });

  test("that fails leaves what was read, and its place to the next", async () => {
    const { place, open } = shared();
    const cache = open();
    await cache.write(bytes("kept"));
    place.failures.replace = cacheError("cache_unwritable", "Full", "Free some space");
    expect(await failureOf(cache.write(bytes("lost")))).toBe(place.failures.replace);
    delete place.failures.replace;
    expect(text(await cache.read())).toBe("kept");
    await cache.write(bytes("next"));
    expect(text(await open().read())).toBe("next");
  });

  test("over what somebody has put there whom the lock does not reach is refused", async () => {
    const { place, open } = shared();
    const cache = open();
    await cache.write(bytes("one"));
    const saving = cache.withLock(async () => {
      await cache.read();
      place.put(sealWhole(bytes("theirs"), FIXED_KEY, 7n).file);
      await cache.write(bytes("two"));
    });
    expect(await failureOf(saving)).toMatchObject({ detail: "cache_locked" });
    expect(text(await cache.read())).toBe("theirs");
  });

  test("whose access ends while its key is looked for takes the lock for itself", async () => {
    const { place, keys, open } = shared();
    const cache = open();
    const isAsked = Promise.withResolvers<void>();
    const answers = Promise.withResolvers<void>();
    keys.toSeal = async () => {
      isAsked.resolve();
      await answers.promise;
      return FIXED_KEY;
    };
    let held: boolean | undefined;
    const { replace } = place;
    place.replace = (...call) => {
      held = place.isHeld;
      return replace.apply(place, call);
    };
    let late!: Promise<void>;
    await cache.withLock(async () => {
      late = cache.write(bytes("late"));
      await isAsked.promise;
    });
    answers.resolve();
    await late;
    expect(held).toBe(true);
    expect(text(await open().read())).toBe("late");
  });
});

describe("clear", () => {
  test("removes all under the lock, and the key after it", async () => {
    const { place, keys, open } = shared();
    const cache = open();
    await cache.write(bytes("content"));
    const order: string[] = [];
    const [remove, destroy] = [place.remove.bind(place), keys.destroy.bind(keys)];
    place.remove = () => (order.push(place.isHeld ? "removed under the lock" : "removed"), remove());
    keys.destroy = () => (order.push("key destroyed"), destroy());
    await cache.clear();
    expect(order).toEqual(["removed under the lock", "key destroyed"]);
    expect(await cache.read()).toBeUndefined();
  });

  test("inside an access takes no second lock, and what follows is the first save", async () => {
    const { place, open } = shared();
    const cache = open();
    await cache.write(bytes("one"));
    await cache.write(bytes("two"));
    for (const reads of [false, true]) {
      await cache.withLock(async () => {
        if (reads) await cache.read();
        await cache.clear();
        await cache.write(bytes("anew"));
      });
      expect(parseHeader(place.content!).generation).toBe(1n);
      expect(text(await open().read())).toBe("anew");
    }
  });

  test("whose turn comes after its access has ended takes the lock for itself", async () => {
    const { place, open } = shared();
    const cache = open();
    await cache.write(bytes("content"));
    const gate = Promise.withResolvers<void>();
    let held: boolean | undefined;
    const { remove } = place;
    place.remove = () => {
      held = place.isHeld;
      return remove.call(place);
    };
    let late!: Promise<unknown>;
    await cache.withLock(() => {
      place.gates.load = gate.promise;
      late = Promise.all([cache.read(), cache.clear()]);
      return Promise.resolve();
    });
    gate.resolve();
    await late;
    expect(held).toBe(true);
    expect(place.content).toBeUndefined();
  });
});

describe("an access", () => {
  test("releases the lock and its turn when it cannot begin, ends or fails", async () => {
    const { place, open } = shared();
    const cache = open();
    place.failures.lock = cacheError("cache_unwritable", "No folder", "Make one");
    expect(await failureOf(cache.withLock(() => Promise.resolve()))).toBe(place.failures.lock);
    delete place.failures.lock;
    const fault = new Error("its own");
    expect(await failureOf(cache.withLock(() => Promise.reject(fault)))).toBe(fault);
    expect(place.isHeld).toBe(false);
    expect(await cache.withLock(() => Promise.resolve(place.isHeld))).toBe(true);
    expect(place.isHeld).toBe(false);
  });

  test("that is given up at the moment the lock is taken does not begin", async () => {
    const { place, open } = shared();
    const abort = new AbortController();
    const { lock } = place;
    place.lock = async () => {
      const made = await lock.call(place);
      return {
        tryAcquire: async () => {
          const held = await made.tryAcquire();
          abort.abort();
          return held;
        },
      };
    };
    let entered = false;
    const work = (): Promise<void> => Promise.resolve(void (entered = true));
    const failure = await failureOf(open().withLock(work, { signal: abort.signal }));
    expect(failure).toMatchObject({ name: "AbortError" });
    expect([entered, place.isHeld]).toEqual([false, false]);
  });

  test("does one thing at a time, and a fault is its caller's alone", async () => {
    const { place, open } = shared();
    const cache = open();
    await cache.write(bytes("one"));
    await cache.withLock(async () => {
      const gate = Promise.withResolvers<void>();
      place.gates.replace = gate.promise;
      const fault = cacheError("cache_unwritable", "Full", "Free some space");
      place.failures.replace = fault;
      const saving = failureOf(cache.write(bytes("lost")));
      const reading = cache.read();
      await new Promise(setImmediate);
      gate.resolve();
      expect(await saving).toBe(fault);
      expect(text(await reading)).toBe("one");
    });
  });
});
