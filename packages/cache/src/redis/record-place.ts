import { cacheError } from "../cache-error.ts";
import type { ProcessLock } from "../lock/process-lock.ts";
import type { SealHeader } from "../sealed/sealed-format.ts";
import type { ChangeablePlace, Sealed, SealedPlace } from "../sealed/sealed-place.ts";
import { checkHead } from "./cache-head.ts";
import { LOAD_RECORD, PUT_RECORD_ASIDE, REMOVE_RECORD, REPLACE_RECORD } from "./record-scripts.ts";
import type { RedisCommands, RedisScript } from "./redis-commands.ts";
import { notSaved, RedisLease } from "./redis-lease.ts";
import type { RedisNames } from "./redis-names.ts";
import { headOf, sealedOf, valueOf } from "./sealed-value.ts";

export interface RecordPlaceParts {
  readonly commands: RedisCommands;
  readonly names: RedisNames;
  readonly name: string;
  readonly head: string;
  readonly leaseInMs: number;
  readonly lifetimeInMs: number;
}

/** One record on a Redis server, and what the index says of it. */
export class RecordPlace implements SealedPlace, ChangeablePlace {
  /** What the index is to say of the record that is saved next; sealed only if it does not say so yet. */
  entry: () => string = () => "";
  /** The identity of the record of which the index says so already. */
  indexedAt: string | undefined;
  /** Whether, when it was last looked for, all was still in the one value of an earlier version. */
  isBefore = false;
  readonly #parts: RecordPlaceParts;
  readonly #lease: RedisLease;

  constructor(parts: RecordPlaceParts) {
    this.#parts = parts;
    this.#lease = new RedisLease(parts.commands, parts.names.lease(parts.name), parts.leaseInMs);
  }

  changes(): Promise<ChangeablePlace> {
    return Promise.resolve(this);
  }

  lock(): Promise<ProcessLock> {
    return Promise.resolve(this.#lease);
  }

  async load(known: SealHeader | undefined): Promise<Sealed | undefined> {
    const { commands, names, name, head } = this.#parts;
    const knownHead = known ? headOf(known) : "";
    const answer = await commands.run(
      LOAD_RECORD,
      [names.head, names.record(name), names.before.content],
      [head, knownHead],
    );
    const [what, value = ""] = answer as readonly string[];
    this.isBefore = what === "before";
    if (what === "head") checkHead(value, head);
    if (what === "known") return { header: known!, rest: undefined, identity: knownHead };
    return what === "record" ? sealedOf(value) : undefined;
  }

  async replace(
    sealed: readonly Uint8Array[],
    replaced: string | undefined,
    header: SealHeader,
  ): Promise<string> {
    const { commands, names, name, head, lifetimeInMs } = this.#parts;
    const save = (entry: string): Promise<unknown> =>
      commands.run(
        REPLACE_RECORD,
        [names.head, names.record(name), names.lease(name), names.index, names.before.content],
        [head, this.#lease.token, replaced ?? "", valueOf(sealed), String(lifetimeInMs), name, entry],
      );
    const isIndexed = replaced !== undefined && replaced === this.indexedAt;
    let done = isIndexed ? await save("") : "index";
    if (done === "index") done = await save(this.entry());
    if (done === "before") throw savedByEarlierVersion();
    if (done !== "done") throw notSaved(done !== "lease lost");
    return (this.indexedAt = headOf(header));
  }

  putAside(): Promise<void> {
    return this.#change(PUT_RECORD_ASIDE);
  }

  remove(): Promise<void> {
    return this.#change(REMOVE_RECORD);
  }

  async #change(script: RedisScript): Promise<void> {
    const { commands, names, name, lifetimeInMs } = this.#parts;
    const done = await commands.run(
      script,
      [names.record(name), names.lease(name), names.index, names.corrupt(name)],
      [this.#lease.token, name, String(lifetimeInMs)],
    );
    if (done !== "done") throw notSaved(false);
  }
}

function savedByEarlierVersion(): Error {
  return cacheError(
    "cache_locked",
    "An earlier version of Entrada has saved this token cache in the meantime",
    "Try again: its accounts are moved first",
  );
}
