import { expect, test } from "vitest";
import { RedisCommands } from "./redis-commands.ts";
import { scanKeys } from "./scan-keys.ts";

test("a scan goes on where the server says, to its end, and tells of no step that found nothing", async () => {
  const steps = [["17", "a", "b"], ["42"], ["0", "c"]];
  const asked: unknown[] = [];
  const client = { eval: async (_: string, given: unknown) => (asked.push(given), steps.shift()) };
  const found: (readonly string[])[] = [];
  for await (const keys of scanKeys(new RedisCommands(client, 10_000), "near", "start:")) found.push(keys);
  expect(found).toEqual([["a", "b"], ["c"]]);
  expect(asked).toEqual(
    ["0", "17", "42"].map((cursor) => ({ keys: ["near"], arguments: [cursor, "start:"] })),
  );
});
