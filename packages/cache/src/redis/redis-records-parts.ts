import type { WarningListener } from "../cache-warning.ts";
import type { GivenKey } from "./given-key.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisNames } from "./redis-names.ts";

/** What a `RedisRecords`, and what it is made of, are made of. */
export interface RedisRecordsParts {
  readonly commands: RedisCommands;
  readonly names: RedisNames;
  readonly keys: GivenKey;
  /** What stands under the key `head`. */
  readonly head: string;
  readonly warn: WarningListener;
  readonly lockTimeoutInMs: number;
  readonly leaseInMs: number;
  /** How long a record stays that nobody has saved; 0 for ever. */
  readonly lifetimeInMs: number;
}
