import { createHash } from "node:crypto";
import { cacheError, type CacheFault } from "../cache-error.ts";
import { withinLimit } from "../time-limit.ts";

export interface ScriptArguments {
  keys: string[];
  arguments: string[];
}

/** What is used of a client, or of a cluster's client, of the package `redis`, version 4, 5 or 6. */
export interface RedisClient {
  eval(script: string, options: ScriptArguments): Promise<unknown>;
  /** Spares sending a script that the server knows. */
  evalSha?(sha1: string, options: ScriptArguments): Promise<unknown>;
}

/** A script that the server runs as one step: nothing else happens in between. */
export interface RedisScript {
  readonly script: string;
  /** What it means that it could not be run. */
  readonly fault: Extract<CacheFault, "cache_unreadable" | "cache_unwritable">;
}

/** What the client's user must be allowed, as Redis writes it (`ACL SETUSER`). */
export const RIGHTS = "~entrada:* +@read +@write -@dangerous +eval +evalsha";

// The server has not seen the script, or its user may not name one.
const NOT_BY_NAME = /NOSCRIPT|NOPERM/;
// Version 4 of the package `redis` does not see the key of a script: its client of a cluster asks nodes at random, and
// gives up after 17 wrong ones, once in a thousand. A node that sends the client on has done nothing.
const SENT_ON = /^MOVED /;
const MOST_SEARCHES = 4;

/** Runs scripts, each within a limit: a client without a connection would keep them waiting for one. */
export class RedisCommands {
  readonly #client: RedisClient;
  readonly #limitInMs: number;
  readonly #names = new Map<string, string>();

  constructor(client: RedisClient, limitInMs: number) {
    this.#client = client;
    this.#limitInMs = limitInMs;
  }

  /**
   * @param onLate - is given the answer that came when nobody waited for it any more
   * @throws AuthenticationError `cache` with the script's fault, or `cache_not_regular`.
   */
  async run(
    { script, fault }: RedisScript,
    keys: readonly string[],
    values: readonly string[],
    onLate: (answer: unknown) => void = () => {},
  ): Promise<unknown> {
    try {
      return await withinLimit(
        this.#limitInMs,
        async (signal) => {
          // Its own arrays, and its own promise: a client may change what it gets, and throw where it should reject.
          const answer = await this.#send(script, { keys: [...keys], arguments: [...values] }, signal);
          if (signal.aborted) onLate(answer);
          return answer;
        },
        () => new Error(`No answer within ${this.#limitInMs / 1000} s`),
      );
    } catch (error) {
      throw faultOf(error, fault, keys);
    }
  }

  async #send(script: string, options: ScriptArguments, signal: AbortSignal): Promise<unknown> {
    for (let searches = 1; ; searches += 1) {
      try {
        return await this.#sendOnce(script, options, signal);
      } catch (error) {
        const isSentOn = error instanceof Error && SENT_ON.test(error.message);
        if (!isSentOn || searches === MOST_SEARCHES || signal.aborted) throw error;
      }
    }
  }

  async #sendOnce(script: string, options: ScriptArguments, signal: AbortSignal): Promise<unknown> {
    if (typeof this.#client.evalSha === "function") {
      try {
        return await this.#client.evalSha(this.#nameOf(script), options);
      } catch (error) {
        if (!(error instanceof Error && NOT_BY_NAME.test(error.message)) || signal.aborted) throw error;
      }
    }
    return this.#client.eval(script, options);
  }

  #nameOf(script: string): string {
    const name = this.#names.get(script) ?? createHash("sha1").update(script).digest("hex");
    this.#names.set(script, name);
    return name;
  }
}

function faultOf(cause: unknown, fault: CacheFault, keys: readonly string[]): Error {
  if (cause instanceof Error && cause.message.includes("WRONGTYPE")) {
    return cacheError(
      "cache_not_regular",
      `Under one of the token cache's keys the Redis server holds something else than a token cache: ${keys.join(", ")}`,
      "Remove it, or use another `name`",
      cause,
    );
  }
  return cacheError(
    fault,
    "The Redis server did not do what the token cache asked of it",
    `Its word is the error's \`cause\`; check the connection of \`client\`, and that its user has the rights ${RIGHTS}`,
    cause,
  );
}
