import { cacheError } from "../cache-error.ts";
import type { ProcessLock } from "../lock/process-lock.ts";
import { HEADER_LENGTH, parseHeader, type SealHeader } from "../sealed/sealed-format.ts";
import type { Sealed, SealedPlace } from "../sealed/sealed-place.ts";
import type { RedisCommands, RedisScript } from "./redis-commands.ts";
import { RedisLease } from "./redis-lease.ts";

// In base64 these are the first 63 bytes of the header, nonce and all: no two saves have the same.
const HEAD_LENGTH = 84;
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
 * One value on a Redis server. A lease keeps the others out; since a lease can run out unnoticed, every change also
 * names, in the same step, the lease and the value it rests on.
 */
export class RedisPlace implements SealedPlace {
  readonly #commands: RedisCommands;
  readonly #lease: RedisLease;
  readonly #keys: readonly string[];

  constructor(commands: RedisCommands, name: string, leaseInMs: number) {
    this.#commands = commands;
    // Keys with the same part in braces lie on the same server of a cluster.
    const key = `entrada:{${name}}`;
    this.#lease = new RedisLease(commands, `${key}:lease`, leaseInMs);
    this.#keys = [`${key}:content`, `${key}:lease`, `${key}:corrupt`];
  }

  lock(): Promise<ProcessLock> {
    return Promise.resolve(this.#lease);
  }

  async load(known: SealHeader | undefined): Promise<Sealed | undefined> {
    const knownHead = known ? headOf(known) : "";
    const value = await this.#commands.run(LOAD, [this.#keys[0]!], [knownHead]);
    if (typeof value !== "string") return undefined;
    if (known && value === knownHead) return { header: known, rest: undefined, identity: knownHead };
    const bytes = Buffer.from(value, "base64");
    return {
      header: parseHeader(bytes),
      rest: bytes.subarray(HEADER_LENGTH),
      identity: value.slice(0, HEAD_LENGTH),
    };
  }

  async replace(
    sealed: readonly Uint8Array[],
    header: SealHeader,
    replaced: string | undefined,
  ): Promise<string> {
    await this.#change(REPLACE, replaced ?? "", Buffer.concat(sealed).toString("base64"));
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
    throw cacheError(
      "cache_locked",
      done === "changed"
        ? "The token cache was changed by another process although this one held its lease"
        : "The token cache's lease ran out before it was saved",
      "Try again; if it comes back, raise `leaseInMs`",
    );
  }
}

function headOf(header: SealHeader): string {
  return header.bytes.toString("base64").slice(0, HEAD_LENGTH);
}
