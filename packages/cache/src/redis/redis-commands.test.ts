import { expect, test } from "vitest";
import { RedisCommands, type RedisClient } from "./redis-commands.ts";

const SCRIPT = { script: "return 1", fault: "cache_unwritable" } as const;

/** A cluster's client that gives up the search for the right node this often. */
function lostClient(times: number): RedisClient & { asked: number } {
  const client = {
    asked: 0,
    eval: () => Promise.reject(new Error("never by its text")),
    evalSha: () => {
      client.asked += 1;
      return client.asked > times
        ? Promise.resolve("done")
        : Promise.reject(new Error("MOVED 9447 127.0.0.1:7001"));
    },
  };
  return client;
}

test("a cluster's client that has not found the node is let search again: nothing was done", async () => {
  const client = lostClient(2);
  expect(await new RedisCommands(client, 10_000).run(SCRIPT, ["k"], [])).toBe("done");
  expect(client.asked).toBe(3);
});

test("one that never finds it is a fault of the cache", async () => {
  const client = lostClient(1000);
  await expect(new RedisCommands(client, 10_000).run(SCRIPT, ["k"], [])).rejects.toMatchObject({
    code: "cache",
    detail: "cache_unwritable",
  });
  expect(client.asked).toBe(4);
});
