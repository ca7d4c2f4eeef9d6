import { randomBytes } from "node:crypto";
import type { TokenCacheEntry } from "@entrada/core";
import { isCacheError } from "../cache-error.ts";
import type { DataKey } from "../sealed/data-key.ts";
import { unpackRecord } from "../sealed/record-content.ts";
import { recordName } from "../sealed/record-name.ts";
import { unseal } from "../sealed/sealed-format.ts";
import { checkHead } from "./cache-head.ts";
import { openEntry, sealEntry } from "./index-entry.ts";
import { COMPLETE_INDEX, READ_INDEX, READ_RECORDS } from "./index-scripts.ts";
import { INDEX_RECORDS } from "./record-scripts.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisNames } from "./redis-names.ts";
import { scanKeys } from "./scan-keys.ts";
import { sealedOf } from "./sealed-value.ts";

export interface RecordIndexParts {
  readonly commands: RedisCommands;
  readonly names: RedisNames;
  readonly head: string;
  readonly key: DataKey;
  readonly lifetimeInMs: number;
}

const LEARNED_AT_ONCE = 200;

/**
 * Which records there are and what they are labelled with, so that whoever looks for an account opens none. It is
 * changed in one step with the record it speaks of; this process keeps what it has read of it and asks for what is
 * newer. What is lost of it is made anew from the records.
 */
export class RecordIndex {
  readonly #parts: RecordIndexParts;
  readonly #entries = new Map<string, TokenCacheEntry>();
  #edition = "";
  #number = "0";
  #working: Promise<unknown> = Promise.resolve();

  constructor(parts: RecordIndexParts) {
    this.#parts = parts;
  }

  /** `undefined` while all is still in the one value of an earlier version. */
  list(): Promise<readonly TokenCacheEntry[] | undefined> {
    // One at a time: each rests on what the one before has read.
    const listing = this.#working.then(() => this.#list());
    this.#working = listing.catch(() => {});
    return listing;
  }

  async #list(): Promise<readonly TokenCacheEntry[] | undefined> {
    const { commands, names, head } = this.#parts;
    const edition = randomBytes(8).toString("hex");
    const answer = await commands.run(
      READ_INDEX,
      [names.head, names.index, names.before.content],
      [head, names.records, this.#edition, this.#number, edition],
    );
    const [what, value = "", number = "0", isComplete, ...changes] = answer as readonly string[];
    if (what === "before") return undefined;
    if (what === "head") checkHead(value, head);
    if (what === "all") this.#entries.clear();
    const unknown = this.#take(changes);
    [this.#edition, this.#number] = [value, number];
    await this.#learn(unknown);
    if (isComplete !== "1") await this.#complete();
    return [...this.#entries.values()];
  }

  /** What could not be made sense of. */
  #take(changes: readonly string[]): readonly string[] {
    const unknown: string[] = [];
    for (let at = 0; at < changes.length; at += 2) {
      const [name, sealed] = [changes[at]!, changes[at + 1]!];
      const entry = sealed === "" ? undefined : openEntry(sealed, name, this.#parts.key);
      if (entry) this.#entries.set(name, entry);
      else this.#entries.delete(name);
      if (!entry && sealed !== "") unknown.push(name);
    }
    return unknown;
  }

  /** Looks for records that the index does not name, all over the server: after a loss only. */
  async #complete(): Promise<void> {
    const { commands, names } = this.#parts;
    const found = new Set<string>();
    for await (const keys of scanKeys(commands, names.head, names.records)) {
      for (const key of keys) found.add(key.slice(names.records.length));
    }
    const unknown = [...found].filter((name) => name.length === 40 && !this.#entries.has(name));
    await this.#learn(unknown);
    await commands.run(COMPLETE_INDEX, [names.index, names.head], []);
  }

  /** Opens records and puts down what they say of themselves. */
  async #learn(unknown: readonly string[]): Promise<void> {
    const { commands, names, key, lifetimeInMs } = this.#parts;
    for (let start = 0; start < unknown.length; start += LEARNED_AT_ONCE) {
      const some = unknown.slice(start, start + LEARNED_AT_ONCE);
      const values = (await commands.run(READ_RECORDS, some.map(names.record), [])) as readonly string[];
      const learned = some.flatMap((name, index) => {
        const entry = entryOf(values[index]!, name, key);
        return entry ? [{ name, entry }] : [];
      });
      for (const { name, entry } of learned) this.#entries.set(name, entry);
      await commands.run(
        INDEX_RECORDS,
        [names.index, ...learned.map(({ name }) => names.record(name))],
        [String(lifetimeInMs), ...learned.flatMap(({ name, entry }) => [name, sealEntry(entry, name, key)])],
      );
    }
  }
}

/** One that is gone or cannot be read costs nobody the others; who asks for it hears why. */
function entryOf(value: string, name: string, key: DataKey): TokenCacheEntry | undefined {
  try {
    const { header, rest } = sealedOf(value);
    const { entry } = unpackRecord(unseal(header, rest, key));
    return recordName(key, entry.key) === name ? entry : undefined;
  } catch (error) {
    if (!isCacheError(error)) throw error;
    return undefined;
  }
}
