import { blobTokenCache, type TokenCacheEntry, type TokenCacheStore } from "@entrada/core";
import { acquireLock } from "../lock/acquire-lock.ts";
import { LockWait } from "../lock/lock-wait.ts";
import { packRecord } from "../sealed/record-content.ts";
import { recordName } from "../sealed/record-name.ts";
import { seal } from "../sealed/seal.ts";
import { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import { checkHead } from "./cache-head.ts";
import { sealEntry } from "./index-entry.ts";
import { FINISH_MOVE, LOOK_BEFORE, MOVE_RECORD } from "./move-scripts.ts";
import { notSaved, RedisLease } from "./redis-lease.ts";
import type { RedisRecordsParts } from "./redis-records-parts.ts";
import { valueOf } from "./sealed-value.ts";
import { SingleValuePlace } from "./single-value-place.ts";

const MOVED_AT_ONCE = 100;

/**
 * The one value in which earlier versions kept all accounts. It is moved at the first change, once; it stays as it is,
 * as such a version may still run.
 */
export class SingleValue {
  readonly #parts: RedisRecordsParts;
  readonly #store: TokenCacheStore;
  #isMoved = false;

  constructor(parts: RedisRecordsParts) {
    this.#parts = parts;
    const { commands, names, leaseInMs } = parts;
    const place = new SingleValuePlace(commands, names, leaseInMs);
    this.#store = blobTokenCache(new SealedTokenCache({ ...parts, place }));
  }

  read(key: string): Promise<Uint8Array | undefined> {
    return this.#store.read(key);
  }

  list(): Promise<readonly TokenCacheEntry[]> {
    return this.#store.list();
  }

  /** Removes one account from it, if it is there. */
  async remove(key: string): Promise<void> {
    if ((await this.#store.read(key)) !== undefined) await this.#store.remove(key);
  }

  /** Makes a record of each account, unless that has been done. */
  async move(): Promise<void> {
    if (this.#isMoved || !(await this.#isLeft())) return;
    const { commands, names, leaseInMs, lockTimeoutInMs } = this.#parts;
    const lease = new RedisLease(commands, names.lease("move"), leaseInMs);
    const held = await acquireLock(lease, new LockWait(lockTimeoutInMs, undefined));
    try {
      if (await this.#isLeft()) await this.#moveAll(lease);
    } finally {
      await held.release();
    }
  }

  async #isLeft(): Promise<boolean> {
    const { commands, names, head } = this.#parts;
    const answer = await commands.run(LOOK_BEFORE, [names.head, names.before.content], []);
    const [what, found = ""] = answer as readonly string[];
    if (what === "head") checkHead(found, head);
    this.#isMoved = what === "head";
    return what === "before";
  }

  async #moveAll(lease: RedisLease): Promise<void> {
    const { commands, names, head, lifetimeInMs } = this.#parts;
    const entries = await this.#store.list();
    for (let start = 0; start < entries.length; start += MOVED_AT_ONCE) {
      const some = entries.slice(start, start + MOVED_AT_ONCE);
      await Promise.all(some.map((entry) => this.#moveOne(entry, lease)));
    }
    const done = await commands.run(
      FINISH_MOVE,
      [names.lease("move"), names.head, names.index, names.before.content],
      [lease.token, head, String(lifetimeInMs)],
    );
    if (done !== "done") throw notSaved(false);
    this.#isMoved = true;
  }

  async #moveOne(entry: TokenCacheEntry, lease: RedisLease): Promise<void> {
    const { commands, names, keys, lifetimeInMs } = this.#parts;
    const data = await this.#store.read(entry.key);
    if (!data) return;
    const name = recordName(keys.dataKey, entry.key);
    const { sealed } = seal(packRecord({ entry, data }), keys.dataKey, 1n);
    const done = await commands.run(
      MOVE_RECORD,
      [names.lease("move"), names.record(name), names.index],
      [lease.token, valueOf(sealed), String(lifetimeInMs), name, sealEntry(entry, name, keys.dataKey)],
    );
    if (done !== "done") throw notSaved(false);
  }
}
