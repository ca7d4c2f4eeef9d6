import type { ProcessLock } from "../lock/process-lock.ts";
import type { SealHeader } from "../sealed/sealed-format.ts";
import type { ChangeablePlace, Sealed, SealedPlace } from "../sealed/sealed-place.ts";
import type { RedisCommands, RedisScript } from "./redis-commands.ts";
import { notSaved, RedisLease } from "./redis-lease.ts";
import type { RedisNames } from "./redis-names.ts";
import { HEAD_LENGTH, headOf, sealedOf, valueOf } from "./sealed-value.ts";

const KEPT_CORRUPT_VALUES = 3;

const LOAD: RedisScript = {
  fault: "cache_unreadable",
  script: `
    local head = redis.call("GETRANGE", KEYS[1], 0, ${HEAD_LENGTH - 1})
    if head == ARGV[1] and head ~= "" then return head end
    return redis.call("GET", KEYS[1])`,
};
const REPLACE: RedisScript = {
  fault: "cache_unwritable",
  script: `
    if redis.call("GET", KEYS[2]) ~= ARGV[1] then return "lease lost" end
    if redis.call("GETRANGE", KEYS[1], 0, ${HEAD_LENGTH - 1}) ~= ARGV[2] then return "changed" end
    redis.call("SET", KEYS[1], ARGV[3])
    return "done"`,
};
const PUT_ASIDE: RedisScript = {
  fault: "cache_unwritable",
  script: `
    if redis.call("GET", KEYS[2]) ~= ARGV[1] then return "lease lost" end
    local value = redis.call("GET", KEYS[1])
    if value then
      redis.call("LPUSH", KEYS[3], value)
      redis.call("LTRIM", KEYS[3], 0, ${KEPT_CORRUPT_VALUES - 1})
      redis.call("DEL", KEYS[1])
    end
    return "done"`,
};
const REMOVE: RedisScript = {
  fault: "cache_unwritable",
  script: `
    if redis.call("GET", KEYS[2]) ~= ARGV[1] then return "lease lost" end
    redis.call("DEL", KEYS[1], KEYS[3])
    return "done"`,
};

/**
 * The one value in which earlier versions kept all accounts. A lease keeps the others out; since a lease can run out
 * unnoticed, every change also names, in the same step, the lease and the value it rests on.
 */
export class SingleValuePlace implements SealedPlace, ChangeablePlace {
  readonly #commands: RedisCommands;
  readonly #lease: RedisLease;
  readonly #keys: readonly string[];

  constructor(commands: RedisCommands, { before }: RedisNames, leaseInMs: number) {
    this.#commands = commands;
    this.#lease = new RedisLease(commands, before.lease, leaseInMs);
    this.#keys = [before.content, before.lease, before.corrupt];
  }

  changes(): Promise<ChangeablePlace> {
    return Promise.resolve(this);
  }

  lock(): Promise<ProcessLock> {
    return Promise.resolve(this.#lease);
  }

  async load(known: SealHeader | undefined): Promise<Sealed | undefined> {
    const knownHead = known ? headOf(known) : "";
    const value = await this.#commands.run(LOAD, [this.#keys[0]!], [knownHead]);
    if (typeof value !== "string") return undefined;
    if (known && value === knownHead) return { header: known, rest: undefined, identity: knownHead };
    return sealedOf(value);
  }

  async replace(
    sealed: readonly Uint8Array[],
    replaced: string | undefined,
    header: SealHeader,
  ): Promise<string> {
    await this.#change(REPLACE, replaced ?? "", valueOf(sealed));
    return headOf(header);
  }

  putAside(): Promise<void> {
    return this.#change(PUT_ASIDE);
  }

  remove(): Promise<void> {
    return this.#change(REMOVE);
  }

  async #change(script: RedisScript, ...values: readonly string[]): Promise<void> {
    const done = await this.#commands.run(script, this.#keys, [this.#lease.token, ...values]);
    if (done === "done") return;
    throw notSaved(done === "changed");
  }
}
