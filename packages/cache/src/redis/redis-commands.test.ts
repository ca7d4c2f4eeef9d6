import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { RedisCommands, type RedisClient, type ScriptArguments } from "./redis-commands.ts";

const SCRIPT = { script: "return 1", fault: "cache_unwritable" } as const;
const NAME = createHash("sha1").update(SCRIPT.script).digest("hex");

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

test.each(["not MOVED 1", "MOVED"])("an answer of other words, %s, is no wrong node", async (words) => {
  let asked = 0;
  const client = { eval: () => Promise.reject(new Error(`${words}${(asked += 1)}`)) };
  const run = new RedisCommands(client, 10_000).run(SCRIPT, ["k"], []);
  await expect(run).rejects.toMatchObject({ detail: "cache_unwritable" });
  expect(asked).toBe(1);
});

describe("a script", () => {
  /** A client that notes by what it is asked, and fails at names with an error, if it is given one. */
  function noting(byName: unknown, hasNames = true): { client: RedisClient; asked: unknown[][] } {
    const asked: unknown[][] = [];
    const client: RedisClient = {
      eval: async (...given) => (asked.push(given), "by its text"),
      ...(hasNames && {
        evalSha: async (...given) => {
          asked.push(given);
          if (byName !== undefined) throw byName;
          return "by its name";
        },
      }),
    };
    return { client, asked };
  }
  const GIVEN = { keys: ["k"], arguments: ["a", "b"] };

  test("is named to a server that may know it", async () => {
    const { client, asked } = noting(undefined);
    const commands = new RedisCommands(client, 10_000);
    for (let times = 0; times < 2; times += 1)
      expect(await commands.run(SCRIPT, ["k"], ["a", "b"])).toBe("by its name");
    expect(asked).toEqual([
      [NAME, GIVEN],
      [NAME, GIVEN],
    ]);
  });

  test.each(["NOSCRIPT No matching script", "NOPERM this user has no permissions to run 'evalsha'"])(
    "is sent where the server says %s",
    async (words) => {
      const { client, asked } = noting(new Error(words));
      expect(await new RedisCommands(client, 10_000).run(SCRIPT, ["k"], ["a", "b"])).toBe("by its text");
      expect(asked).toEqual([
        [NAME, GIVEN],
        [SCRIPT.script, GIVEN],
      ]);
    },
  );

  test.each([new Error("READONLY"), "NOSCRIPT, but no error"])(
    "is not sent after any other fault: it may have run (%s)",
    async (fault) => {
      const { client, asked } = noting(fault);
      await expect(new RedisCommands(client, 10_000).run(SCRIPT, ["k"], [])).rejects.toMatchObject({
        detail: "cache_unwritable",
      });
      expect(asked.length).toBe(1);
    },
  );

  test("is sent at once by a client that knows no names", async () => {
    const { client, asked } = noting(undefined, false);
    expect(await new RedisCommands(client, 10_000).run(SCRIPT, ["k"], ["a", "b"])).toBe("by its text");
    expect(asked).toEqual([[SCRIPT.script, GIVEN]]);
  });

  test("has arrays of its own, which a client may change", async () => {
    const [keys, values] = [["k"], ["a"]];
    const client: RedisClient = {
      eval: async (_, given) => (given.keys.unshift("prefix"), given.arguments.pop(), "done"),
    };
    await new RedisCommands(client, 10_000).run(SCRIPT, keys, values);
    expect([keys, values]).toEqual([["k"], ["a"]]);
  });

  test("that a client refuses by throwing is a fault like any other, with its cause", async () => {
    const cause = new Error("The client is closed");
    const client: RedisClient = {
      eval: () => {
        throw cause;
      },
    };
    const run = new RedisCommands(client, 10_000).run({ ...SCRIPT, fault: "cache_unreadable" }, [], []);
    await expect(run).rejects.toMatchObject({ code: "cache", detail: "cache_unreadable" });
  });

  test("at a key that holds something else says so, and not that the server failed", async () => {
    const client = { eval: () => Promise.reject(new Error("WRONGTYPE Operation against a key")) };
    const run = new RedisCommands(client, 10_000).run(SCRIPT, ["a:head", "a:index"], []);
    await expect(run).rejects.toMatchObject({
      detail: "cache_not_regular",
      message: expect.stringContaining("a:head, a:index") as string,
    });
  });
});

describe("when nobody waits any more", () => {
  /** A script whose answer is late, at a client that does what `answer` says then. */
  async function late(answers: readonly (() => Promise<unknown>)[]) {
    vi.useFakeTimers();
    try {
      const held: (() => void)[] = [];
      const asked: ScriptArguments[] = [];
      const answer = async (_: string, given: ScriptArguments): Promise<unknown> => {
        const at = asked.push(given) - 1;
        await new Promise<void>((resolve) => held.push(resolve));
        return answers[at]!();
      };
      const heard: unknown[] = [];
      const commands = new RedisCommands({ eval: answer, evalSha: answer }, 50);
      const run = commands.run(SCRIPT, ["k"], [], (said) => heard.push(said));
      const cause: unknown = expect.objectContaining({ message: "No answer within 0.05 s" });
      const ended = expect(run).rejects.toMatchObject({ detail: "cache_unwritable", cause });
      await vi.advanceTimersByTimeAsync(50);
      await ended;
      expect(heard).toEqual([]);
      for (const resolve of held) resolve();
      await vi.advanceTimersByTimeAsync(0);
      return { heard, asked: asked.length };
    } finally {
      vi.useRealTimers();
    }
  }

  test("the answer is handed on", async () => {
    expect(await late([async () => "late"])).toEqual({ heard: ["late"], asked: 1 });
  });

  test.each(["NOSCRIPT No matching script", "MOVED 9447 127.0.0.1:7001"])(
    "nothing more is asked, whatever the server says: %s",
    async (words) => {
      const answer = (): Promise<never> => Promise.reject(new Error(words));
      expect(await late([answer])).toEqual({ heard: [], asked: 1 });
    },
  );

  test("an answer in time is nobody's else", async () => {
    const heard: unknown[] = [];
    const commands = new RedisCommands({ eval: async () => "in time" }, 10_000);
    expect(await commands.run(SCRIPT, ["k"], [], (said) => heard.push(said))).toBe("in time");
    expect(heard).toEqual([]);
  });
});
