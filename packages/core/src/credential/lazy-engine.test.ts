import { describe, expect, test } from "vitest";
import type { AuthenticationRecord } from "../authentication-record.ts";
import { deferred } from "../deferred.ts";
import type { Engine } from "../engine/engine.ts";
import { LazyEngine } from "./lazy-engine.ts";

const TOKEN = { token: "t", expiresOnTimestamp: 1 };
const RECORD = { homeAccountId: "a.b" } as AuthenticationRecord;

/** An engine that writes down what it is asked. */
function scripted(): Engine & { readonly calls: unknown[][] } {
  const calls: unknown[][] = [];
  const note =
    <T>(name: string, answer: T) =>
    (...given: unknown[]): T => {
      calls.push([name, ...given]);
      return answer;
    };
  return {
    calls,
    getToken: note("getToken", Promise.resolve(TOKEN)),
    authenticate: note("authenticate", Promise.resolve(RECORD)),
    accounts: note("accounts", Promise.resolve([RECORD])),
    signOut: note("signOut", Promise.resolve()),
    dispose: note("dispose", undefined),
  };
}

describe("an engine that is put together at the first call", () => {
  test("is opened once for calls at the same time, which come in their order", async () => {
    const engine = scripted();
    let opened = 0;
    const lazy = new LazyEngine(async () => {
      opened += 1;
      return engine;
    });
    expect(opened).toBe(0);
    const options = { tenantId: "t" };
    const first = [lazy.getToken("a", options), lazy.authenticate("b", { forcePrompt: true })];
    expect(await Promise.all(first)).toEqual([TOKEN, RECORD]);
    expect(await lazy.accounts()).toEqual([RECORD]);
    await lazy.signOut(RECORD);
    expect(opened).toBe(1);
    expect(engine.calls).toEqual([
      ["getToken", "a", options],
      ["authenticate", "b", { forcePrompt: true }],
      ["accounts"],
      ["signOut", RECORD],
    ]);
  });

  test("answers a later call with the very promise of the engine", async () => {
    const engine = scripted();
    const lazy = new LazyEngine(async () => engine);
    await lazy.accounts();
    expect(lazy.getToken("a")).toBe(engine.getToken("a"));
  });

  test("is opened again after a failure, which every waiting caller is told", async () => {
    const engine = scripted();
    const missing = new Error("not on the disk");
    const outcomes = [Promise.reject<Engine>(missing), Promise.resolve<Engine>(engine)];
    outcomes[0]?.catch(() => {});
    const lazy = new LazyEngine(() => outcomes.shift()!);
    const told = await Promise.allSettled([lazy.getToken("a"), lazy.accounts()]);
    expect(told.map((each) => each.status === "rejected" && each.reason === missing)).toEqual([true, true]);
    expect(await lazy.getToken("a")).toEqual(TOKEN);
  });

  test("disposes nothing that was not opened", async () => {
    let opened = 0;
    const lazy = new LazyEngine(async () => {
      opened += 1;
      return scripted();
    });
    lazy.dispose();
    expect(opened).toBe(0);
  });

  test("that is disposed while it opens has nothing for whoever asks afterwards, at whatever moment", async () => {
    const engine = scripted();
    const opening = deferred<Engine>();
    const lazy = new LazyEngine(() => opening.promise);
    const work = lazy.accounts();
    lazy.dispose();
    opening.resolve(engine);
    for (let turns = 0; turns < 50; turns += 1) {
      await Promise.resolve();
      void lazy.getToken("after");
    }
    await work;
    expect(engine.calls.slice(0, 3).map(([name]) => name)).toEqual(["accounts", "dispose", "getToken"]);
  });

  test("is disposed at once when it is there: whatever is asked next has its end", async () => {
    const engine = scripted();
    const lazy = new LazyEngine(async () => engine);
    await lazy.getToken("a");
    lazy.dispose();
    void lazy.getToken("b");
    expect(engine.calls.map(([name]) => name)).toEqual(["getToken", "dispose", "getToken"]);
  });

  test("that is disposed while it opens has the waiting calls first, and then its end", async () => {
    const engine = scripted();
    const opening = deferred<Engine>();
    const lazy = new LazyEngine(() => opening.promise);
    const work = lazy.getToken("a");
    lazy.dispose();
    opening.resolve(engine);
    await work;
    expect(engine.calls.map(([name]) => name)).toEqual(["getToken", "dispose"]);
  });
});
