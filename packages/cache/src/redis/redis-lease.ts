import { randomBytes } from "node:crypto";
import { cacheError } from "../cache-error.ts";
import type { HeldLock, ProcessLock } from "../lock/process-lock.ts";
import type { RedisCommands, RedisScript } from "./redis-commands.ts";

const TAKE: RedisScript = {
  fault: "cache_unwritable",
  script: `if redis.call("SET", KEYS[1], ARGV[1], "NX", "PX", ARGV[2]) then return 1 end return 0`,
};
const RENEW: RedisScript = {
  fault: "cache_unwritable",
  script: `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("PEXPIRE", KEYS[1], ARGV[2]) end return 0`,
};
const GIVE_BACK: RedisScript = {
  fault: "cache_unwritable",
  script: `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`,
};
const RENEWALS_PER_LEASE = 3;

/** A key that expires unless its owner renews it. It keeps others out as long as all goes well; it proves nothing. */
export class RedisLease implements ProcessLock {
  readonly #commands: RedisCommands;
  readonly #key: string;
  readonly #leaseInMs: number;
  #token = "";

  constructor(commands: RedisCommands, key: string, leaseInMs: number) {
    this.#commands = commands;
    this.#key = key;
    this.#leaseInMs = leaseInMs;
  }

  /** What stands under the key while this process holds the lease. */
  get token(): string {
    return this.#token;
  }

  async tryAcquire(): Promise<HeldLock | undefined> {
    const token = randomBytes(16).toString("hex");
    const giveBack = (): Promise<void> => this.#unlessWithoutServer(GIVE_BACK, token);
    const taken = await this.#run(TAKE, token, (late) => {
      // The client has kept it until the server was back. Nobody waits for this lease any more.
      if (late === 1) void giveBack();
    });
    if (taken !== 1) return undefined;
    this.#token = token;
    // Whether the lease was lost shows at the next change, which names it.
    const renewal = setInterval(
      () => void this.#unlessWithoutServer(RENEW, token),
      this.#leaseInMs / RENEWALS_PER_LEASE,
    );
    renewal.unref();
    return {
      release: async () => {
        clearInterval(renewal);
        // Without the server the lease cannot be given back; it runs out by itself.
        await giveBack();
      },
    };
  }

  async #unlessWithoutServer(script: RedisScript, token: string): Promise<void> {
    await this.#run(script, token).catch(() => {
      // Every fault is the server's.
    });
  }

  #run(script: RedisScript, token: string, onLate?: (answer: unknown) => void): Promise<unknown> {
    return this.#commands.run(script, [this.#key], [token, String(this.#leaseInMs)], onLate);
  }
}

/** What it means that a change was refused: by the lease it named, or by the content. */
export function notSaved(wasChanged: boolean): Error {
  return cacheError(
    "cache_locked",
    wasChanged
      ? "The token cache was changed by another process although this one held its lease"
      : "The token cache's lease ran out before it was saved",
    "Try again; if it comes back, raise `leaseInMs`",
  );
}
