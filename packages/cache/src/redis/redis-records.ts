import type { TokenCacheEntry, TokenCacheStore } from "@entrada/core";
import { withPromptLock } from "../lock/prompt-lock.ts";
import { damagedRecord, packRecord, unpackRecord, type RecordContent } from "../sealed/record-content.ts";
import { recordName } from "../sealed/record-name.ts";
import { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import { sealEntry } from "./index-entry.ts";
import { READ_REVISION, REMOVE_KEYS } from "./index-scripts.ts";
import { RecordIndex } from "./record-index.ts";
import { RecordPlace } from "./record-place.ts";
import { RedisLease } from "./redis-lease.ts";
import type { RedisRecordsParts } from "./redis-records-parts.ts";
import { scanKeys } from "./scan-keys.ts";
import { headOf } from "./sealed-value.ts";
import { SingleValue } from "./single-value.ts";

/** One record, as this process has it. */
interface Opened {
  readonly place: RecordPlace;
  readonly cache: SealedTokenCache;
  /** What was unpacked last, and of which content. */
  unpacked?: { readonly content: Uint8Array; readonly identity: string; readonly record: RecordContent };
}

// Whoever uses more accounts than this at once reads some of them anew.
const KEPT_RECORDS = 100;

/** A key of a Redis server for each record, and an index that is changed in one step with them. */
export class RedisRecords implements TokenCacheStore {
  readonly #parts: RedisRecordsParts;
  readonly #index: RecordIndex;
  readonly #before: SingleValue;
  readonly #opened = new Map<string, Opened>();
  /** Those that somebody is inside the lock of. */
  readonly #accesses = new Map<string, Opened>();

  constructor(parts: RedisRecordsParts) {
    this.#parts = parts;
    this.#index = new RecordIndex({ ...parts, key: parts.keys.dataKey });
    this.#before = new SingleValue(parts);
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    const opened = this.#open(key);
    const content = await opened.cache.read();
    if (!content) return opened.place.isBefore ? this.#before.read(key) : undefined;
    if (opened.unpacked?.content !== content) {
      const identity = headOf(opened.cache.header!);
      opened.unpacked = { content, identity, record: unpackRecord(content) };
    }
    const { entry, data } = opened.unpacked.record;
    if (entry.key !== key) throw damagedRecord();
    return data;
  }

  async list(): Promise<readonly TokenCacheEntry[]> {
    return (await this.#index.list()) ?? this.#before.list();
  }

  async revision(): Promise<string> {
    const { commands, names } = this.#parts;
    const answer = await commands.run(READ_REVISION, [names.index, names.before.content], []);
    return (answer as readonly string[]).join(" ");
  }

  async write(key: string, data: Uint8Array, label?: string): Promise<void> {
    await this.#before.move();
    const opened = this.#open(key);
    const entry = label === undefined ? { key } : { key, label };
    const content = packRecord({ entry, data });
    const { place, cache, unpacked } = opened;
    const name = this.#nameOf(key);
    place.entry = () => sealEntry(entry, name, this.#parts.keys.dataKey);
    // In a renewal nothing changes of what the index says.
    place.indexedAt = unpacked?.record.entry.label === label ? unpacked?.identity : undefined;
    await cache.write(content);
    opened.unpacked = { content, identity: headOf(cache.header!), record: { entry, data } };
  }

  async remove(key: string): Promise<void> {
    await this.#before.move();
    await this.#open(key).cache.clear();
    // An earlier version that still runs has it, too.
    await this.#before.remove(key);
  }

  async clear(): Promise<void> {
    const { commands, names } = this.#parts;
    // The leases first: an access under way saves nothing any more, or before its record is looked for.
    for (const start of [names.before.lease, names.start]) {
      for await (const keys of scanKeys(commands, names.head, start)) {
        await commands.run(REMOVE_KEYS, keys, []);
      }
    }
    this.#opened.clear();
  }

  async withLock<T>(
    key: string,
    work: () => Promise<T>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<T> {
    await this.#before.move();
    const opened = this.#open(key);
    return opened.cache.withLock(async () => {
      this.#accesses.set(key, opened);
      try {
        return await work();
      } finally {
        this.#accesses.delete(key);
      }
    }, options);
  }

  async withPromptLock<T>(
    key: string,
    work: () => Promise<T>,
    options?: { readonly signal?: AbortSignal; readonly onHeld?: () => void },
  ): Promise<T> {
    const { commands, names, leaseInMs } = this.#parts;
    const lease = names.lease(`prompt:${this.#nameOf(key)}`);
    return withPromptLock(new RedisLease(commands, lease, leaseInMs), work, options);
  }

  #open(key: string): Opened {
    const present = this.#accesses.get(key) ?? this.#opened.get(key);
    this.#opened.delete(key);
    const place = present?.place ?? new RecordPlace({ ...this.#parts, name: this.#nameOf(key) });
    const opened = present ?? { place, cache: new SealedTokenCache({ ...this.#parts, place }) };
    this.#opened.set(key, opened);
    const [oldest] = this.#opened.keys();
    if (this.#opened.size > KEPT_RECORDS) this.#opened.delete(oldest!);
    return opened;
  }

  #nameOf(key: string): string {
    return recordName(this.#parts.keys.dataKey, key);
  }
}
