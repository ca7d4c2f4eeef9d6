import type { TokenCacheStore } from "../../src/cache/token-cache-store.ts";

type Write = TokenCacheStore["write"];
export type Lie = (store: TokenCacheStore, prompts: Prompts) => Partial<TokenCacheStore>;

/** Who asks a person and who waits to, at all handles of one storage. */
export class Prompts {
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  get isHeld(): boolean {
    return this.#waiting > 0;
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const done = this.#turn.then(work).finally(() => (this.#waiting -= 1));
    this.#turn = done.catch(() => {});
    return done;
  }
}

/** A store whose keys become others on their way in. */
const keysAs =
  (change: (key: string) => string): Lie =>
  (store) => ({
    read: (key) => store.read(change(key)),
    write: (key, data, label) => store.write(change(key), data, label),
    remove: (key) => store.remove(change(key)),
    withLock: (key, work, options) => store.withLock(change(key), work, options),
  });
const writing =
  (write: (store: TokenCacheStore) => Write): Lie =>
  (store) => ({ write: write(store) });
const inLatin1 = (text: string): string => Buffer.from(text, "latin1").toString("latin1");

/**
 * What a store of somebody's own may get wrong: each of these does one thing otherwise than the contract says, over a
 * store that keeps it.
 */
export const LIARS: Readonly<Record<string, Lie>> = {
  "keys without case": keysAs((key) => key.toLowerCase()),
  "keys without spaces at their ends": keysAs((key) => key.trim()),
  "keys in one form of their letters": keysAs((key) => key.normalize("NFC")),
  "keys cut short": keysAs((key) => key.slice(0, 2000)),
  "keys as parts of an address": keysAs((key) => {
    const decoded = key.replaceAll("+", " ");
    return decoded.replaceAll("%20", " ");
  }),
  "data as a text": writing(
    (store) => (key, data, label) =>
      store.write(key, new TextEncoder().encode(new TextDecoder().decode(data)), label),
  ),
  "data cut at 64 kB": writing(
    (store) => (key, data, label) => store.write(key, data.slice(0, 65_536), label),
  ),
  "labels cut short": writing((store) => (key, data, label) => store.write(key, data, label?.slice(0, 1000))),
  "labels in Latin-1": writing(
    (store) => (key, data, label) => store.write(key, data, label && inLatin1(label)),
  ),
  "labels that stay": writing((store) => async (key, data, label) => {
    const before = (await store.list()).find((entry) => entry.key === key);
    return store.write(key, data, label ?? before?.label);
  }),
  "writes that end too early": writing((store) => async (key, data, label) => {
    setImmediate(() => void store.write(key, data, label).catch(() => {}));
  }),
  "a list without labels": (store) => ({
    list: async () => (await store.list()).map(({ key }) => ({ key })),
  }),
  "a list in pages, of which it tells one": (store) => ({
    list: async () => (await store.list()).slice(0, 25),
  }),
  "a list with what is gone": (store) => ({
    list: async () => [...(await store.list()), { key: "gone" }],
  }),
  "a list that is kept": (store) => {
    let kept: ReturnType<TokenCacheStore["list"]> | undefined;
    return { list: () => (kept ??= store.list()) };
  },
  "records that are kept": (store) => {
    const kept = new Map<string, Uint8Array | undefined>();
    return {
      read: async (key) => {
        if (!kept.has(key)) kept.set(key, await store.read(key));
        return kept.get(key);
      },
      write: async (key, data, label) => {
        await store.write(key, data, label);
        kept.set(key, data);
      },
    };
  },
  "one buffer for all reads": (store) => {
    const buffer = new Uint8Array(100_000);
    return {
      read: async (key) => {
        const data = await store.read(key);
        if (data) buffer.set(data);
        return data && buffer.subarray(0, data.length);
      },
    };
  },
  "nothing as no bytes": (store) => ({
    read: async (key) => (await store.read(key)) ?? new Uint8Array(),
  }),
  "a removal that does nothing": () => ({ remove: async () => {} }),
  "a removal of what is not there as an error": (store) => ({
    remove: async (key) => {
      if (!(await store.read(key))) throw new Error("There is none");
      return store.remove(key);
    },
  }),
  "a removal of all": (store) => ({ remove: () => store.clear() }),
  "a clearing that does nothing": () => ({ clear: async () => {} }),
  "a clearing that an access survives": (store) => ({
    clear: async () => {
      for (const { key } of await store.list()) await store.remove(key);
    },
  }),
  "a lock that is none": () => ({ withLock: (_key, work) => work() }),
  "a lock that is deaf": (store) => ({ withLock: (key, work) => store.withLock(key, work) }),
  "a lock without an answer": (store) => ({
    withLock: async (key, work, options) => {
      await store.withLock(key, work, options);
      return undefined as never;
    },
  }),
  "a lock that swallows": (store) => ({
    withLock: (key, work, options) =>
      store.withLock(key, () => work().catch(() => undefined as never), options),
  }),
  "a lock that does it twice": (store) => ({
    withLock: (key, work, options) => store.withLock(key, async () => (await work(), work()), options),
  }),
  "a revision that stays": () => ({ revision: async () => "1" }),
  "a revision of one handle": (store) => {
    let writes = 0;
    return {
      write: async (key, data, label) => {
        await store.write(key, data, label);
        writes += 1;
      },
      revision: async () => String(writes),
    };
  },
  "a prompt's lock that is that of the records": (store) => ({
    withPromptLock: (key, work, options) => store.withLock(key, work, options),
  }),
  "a prompt's lock that swallows": () => ({
    withPromptLock: (_key, work) => work().catch(() => undefined as never),
  }),
  "a prompt's lock that tells nobody": (_store, prompts) => ({
    withPromptLock: (_key, work) => prompts.inTurn(work),
  }),
  "a prompt's lock that is deaf": (_store, prompts) => ({
    withPromptLock: (_key, work, { onHeld } = {}) => {
      if (prompts.isHeld) onHeld?.();
      return prompts.inTurn(work);
    },
  }),
};
