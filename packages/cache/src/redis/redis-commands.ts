import { cacheError, type CacheFault } from "../cache-error.ts";
import { withinLimit } from "../time-limit.ts";

/** What is used of a client of the package `redis`, version 4, 5 or 6. */
export interface RedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** A script that the server runs as one step: nothing else happens in between. */
export interface RedisScript {
  readonly script: string;
  /** What it means that it could not be run. */
  readonly fault: Extract<CacheFault, "cache_unreadable" | "cache_unwritable">;
}

/** Runs scripts, each within a limit: a client without a connection would keep them waiting for one. */
export class RedisCommands {
  readonly #client: RedisClient;
  readonly #limitInMs: number;

  constructor(client: RedisClient, limitInMs: number) {
    this.#client = client;
    this.#limitInMs = limitInMs;
  }

  /** @throws AuthenticationError `cache` with the script's fault, or `cache_not_regular`. */
  async run(
    { script, fault }: RedisScript,
    keys: readonly string[],
    values: readonly string[],
  ): Promise<unknown> {
    try {
      return await withinLimit(
        this.#limitInMs,
        // Its own promise: a client may throw where it should reject.
        async () => this.#client.eval(script, { keys: [...keys], arguments: [...values] }),
        () => new Error(`No answer within ${this.#limitInMs / 1000} s`),
      );
    } catch (error) {
      throw faultOf(error, fault);
    }
  }
}

function faultOf(cause: unknown, fault: CacheFault): Error {
  if (cause instanceof Error && cause.message.includes("WRONGTYPE")) {
    return cacheError(
      "cache_not_regular",
      "Under the token cache's key the Redis server holds something else than a token cache",
      "Remove it, or use another `name`",
      cause,
    );
  }
  return cacheError(
    fault,
    "The Redis server did not do what the token cache asked of it",
    "Check the connection of `client` and what its user may do: it needs EVAL on the keys entrada:*",
    cause,
  );
}
