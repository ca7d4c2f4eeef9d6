import { SCAN_KEYS } from "./index-scripts.ts";
import type { RedisCommands } from "./redis-commands.ts";

/** All keys on the server of `near` that begin with `start`, some at a time; some may come twice. */
export async function* scanKeys(
  commands: RedisCommands,
  near: string,
  start: string,
): AsyncGenerator<readonly string[]> {
  let cursor = "0";
  do {
    const [next = "0", ...keys] = (await commands.run(
      SCAN_KEYS,
      [near],
      [cursor, start],
    )) as readonly string[];
    if (keys.length > 0) yield keys;
    cursor = next;
  } while (cursor !== "0");
}
