import { describe, expect, test } from "vitest";
import { held } from "../../test/scripted-flow.ts";
import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { promptForMany, type PromptForMany } from "./prompt-for-many.ts";

const needed = (): AuthenticationError => new AuthenticationRequiredError({ what: "x", scopes: [] });
const offline = (): AuthenticationError =>
  new AuthenticationError({ code: "network", what: "The network is away", remedy: "Look", retryable: true });

/** One process, and what the others do. */
function processWith(changes: Partial<PromptForMany<string>> = {}) {
  const clock = virtualClock();
  const person = held<string>();
  const others = {
    state: "before",
    isAsking: false,
    silent: (): Promise<string> => Promise.reject(needed()),
  };
  const seen: { looks: number; tries: number; others: number; prompt?: AbortSignal } = {
    looks: 0,
    tries: 0,
    others: 0,
  };
  const free = held<void>();
  let trouble = (): string | undefined => undefined;
  const controller = new AbortController();
  const start = (): Promise<string> => {
    const outcome = promptForMany<string>({
      clock,
      signal: controller.signal,
      seen: undefined,
      forced: false,
      sharing: {
        state: async () => ((seen.looks += 1), others.state),
        alone: async (work, signal, onOther) => {
          if (others.isAsking) {
            onOther();
            await free.wait(signal);
          }
          return work();
        },
      },
      ask: (signal) => ((seen.prompt = signal), person.wait(signal)),
      silently: () => ((seen.tries += 1), others.silent()),
      onOther: () => (seen.others += 1),
      explain: (now) => (trouble = now),
      ...changes,
    });
    outcome.catch(() => {});
    return outcome;
  };
  return { clock, person, others, seen, free, controller, start, trouble: () => trouble() };
}

describe("a person who is asked by one of many processes", () => {
  test("is waited for, with a look each second whether another has signed in; nothing stays afterwards", async () => {
    const { clock, person, seen, start } = processWith();
    const outcome = start();
    await clock.advance(0);
    const first = seen.looks;
    await clock.advance(999);
    expect(seen.looks).toBe(first);
    await clock.advance(3001);
    expect([seen.looks, seen.tries, seen.others]).toEqual([first + 4, 0, 0]);
    person.resolve("asked");
    expect(await outcome).toBe("asked");
    expect(clock.pending).toBe(0);
    await clock.advance(5000);
    expect(seen.looks).toBe(first + 4);
  });

  test("is let go when another's sign-in serves this process, too: the prompt is closed and says why", async () => {
    const { clock, others, seen, start } = processWith();
    const outcome = start();
    await clock.advance(0);
    Object.assign(others, { state: "after", silent: async () => "silent" });
    await clock.advance(1000);
    expect(await outcome).toBe("silent");
    expect([seen.prompt?.aborted, seen.prompt?.reason]).toMatchObject([
      true,
      { name: expect.any(String) as string },
    ]);
    expect(clock.pending).toBe(0);
  });

  test("is not let go by a sign-in that is not enough, which is tried once; the next one is tried again", async () => {
    const { clock, others, seen, person, start, trouble } = processWith();
    const outcome = start();
    await clock.advance(0);
    others.state = "somebody else";
    await clock.advance(3000);
    expect([seen.tries, seen.prompt?.aborted, trouble()]).toEqual([1, false, undefined]);
    others.state = "somebody else again";
    await clock.advance(1000);
    expect(seen.tries).toBe(2);
    person.resolve("asked");
    expect(await outcome).toBe("asked");
  });

  test("is not let go by a fault of the network, and the sign-in is tried again a second later", async () => {
    const { clock, others, seen, start, trouble } = processWith();
    const outcome = start();
    await clock.advance(0);
    Object.assign(others, { state: "after", silent: () => Promise.reject(offline()) });
    await clock.advance(2000);
    expect([seen.tries, seen.prompt?.aborted]).toEqual([2, false]);
    expect(trouble()).toMatch(/signed in for another process .* no token here: The network is away$/);
    others.silent = async () => "silent";
    await clock.advance(1000);
    expect(await outcome).toBe("silent");
  });

  test("is not asked where another has signed in since the last look", async () => {
    const { others, seen, start } = processWith({ seen: "long before" });
    others.silent = async () => "silent";
    expect(await start()).toBe("silent");
    expect([seen.tries, seen.prompt]).toEqual([1, undefined]);
  });

  test("is asked where nobody has since, and where that was not enough", async () => {
    for (const [seenBefore, tries] of [
      ["before", 0],
      ["long before", 1],
    ] as const) {
      const { clock, seen, person, start } = processWith({ seen: seenBefore });
      const outcome = start();
      await clock.advance(0);
      expect([seen.tries, seen.prompt?.aborted]).toEqual([tries, false]);
      person.resolve("asked");
      expect(await outcome).toBe("asked");
    }
  });

  test("whom a caller has forced is asked for that alone: no other sign-in ends it", async () => {
    const { clock, others, seen, person, start } = processWith({ forced: true });
    const outcome = start();
    await clock.advance(0);
    Object.assign(others, { state: "after", silent: async () => "silent" });
    await clock.advance(5000);
    expect([seen.tries, seen.prompt?.aborted]).toEqual([0, false]);
    person.resolve("asked");
    expect(await outcome).toBe("asked");
  });
});

describe("a process that waits for another's prompt", () => {
  test("says so once, and goes on silently with that sign-in, whether it was forced or not", async () => {
    for (const forced of [false, true]) {
      const { clock, others, seen, start } = processWith({ forced });
      others.isAsking = true;
      const outcome = start();
      await clock.advance(2000);
      expect([seen.others, seen.prompt]).toEqual([1, undefined]);
      Object.assign(others, { state: "after", silent: async () => "silent" });
      await clock.advance(1000);
      expect(await outcome).toBe("silent");
      expect(seen.prompt).toBeUndefined();
    }
  });

  test("asks when the other has given up", async () => {
    const { clock, others, seen, free, person, start, trouble } = processWith();
    others.isAsking = true;
    const outcome = start();
    await clock.advance(1000);
    expect(trouble()).toMatch(/^Another process .* was asking the person, .*: sign in there$/);
    free.resolve();
    await clock.advance(0);
    expect(trouble()).toBeUndefined();
    expect(seen.prompt?.aborted).toBe(false);
    person.resolve("asked");
    expect(await outcome).toBe("asked");
  });

  test("leaves nothing behind when it gives up, whatever is under way", async () => {
    const { clock, others, seen, controller, start } = processWith();
    others.isAsking = true;
    const outcome = start();
    const silent = held<string>();
    await clock.advance(0);
    Object.assign(others, { state: "after", silent: () => silent.wait(new AbortController().signal) });
    await clock.advance(1000);
    controller.abort("enough");
    await expect(outcome).rejects.toMatchObject({ name: "AbortError" });
    silent.reject(needed());
    const { looks } = seen;
    await clock.advance(10_000);
    expect([seen.looks, clock.pending, seen.prompt]).toEqual([looks, 0, undefined]);
  });
});

test("a prompt that fails fails the call, and nobody looks any more", async () => {
  const { clock, person, seen, start } = processWith();
  const outcome = start();
  await clock.advance(0);
  person.reject(new Error("no"));
  await expect(outcome).rejects.toThrow("no");
  const { looks } = seen;
  await clock.advance(10_000);
  expect([seen.looks, clock.pending]).toEqual([looks, 0]);
});
