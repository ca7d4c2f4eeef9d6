import { describe, expect, test } from "vitest";
import { ADA } from "../../test/scripted-flow.ts";
import type { TokenAnswer } from "../flow/flow.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import type { TokenKey } from "./request-key.ts";
import { TokenIndex } from "./token-index.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KEY: TokenKey = { scope: "s", tenantId: "t", enableCae: false };

function indexWith(random = 0) {
  const clock = virtualClock();
  const index = new TokenIndex(clock, () => random);
  const answer = (token = "a", changes: Partial<TokenAnswer> = {}): TokenAnswer => ({
    token,
    expiresOnTimestamp: clock.now() + HOUR,
    account: ADA,
    tenantId: "t",
    grantedScopes: ["s"],
    ...changes,
  });
  const hit = ({ scope, tenantId, enableCae } = KEY): string | undefined =>
    index.hit(scope, tenantId, enableCae)?.token.token;
  return { clock, index, answer, hit };
}

describe("the tokens in memory", () => {
  test("are told apart by scope, tenant and CAE, the last of each counts, and all go together", () => {
    const { index, answer, hit } = indexWith();
    const keys = ["s", "other"].flatMap((scope) =>
      ["t", "u", "v"].flatMap((tenantId) =>
        [false, true].map((enableCae) => ({ scope, tenantId, enableCae })),
      ),
    );
    for (const round of ["first", "second"]) {
      for (const [at, key] of keys.entries()) index.set(key, answer(`${round} ${at}`));
    }
    for (const [at, key] of keys.entries()) {
      expect(hit(key)).toBe(`second ${at}`);
      expect(index.get(key)?.token.token).toBe(`second ${at}`);
    }
    for (const key of [
      { ...KEY, scope: "none" },
      { ...KEY, tenantId: "none" },
    ]) {
      expect([hit(key), index.get(key)]).toEqual([undefined, undefined]);
    }
    index.clear();
    for (const key of keys) expect(hit(key)).toBeUndefined();
  });

  test("are what a caller gets: frozen, with the times that are known, the same promise for all", async () => {
    const { index, answer, clock } = indexWith();
    const { token, served } = index.set(KEY, answer());
    expect(token).toEqual({
      token: "a",
      expiresOnTimestamp: clock.now() + HOUR,
      tokenType: "Bearer",
      grantedScopes: ["s"],
    });
    expect(token).not.toHaveProperty("refreshAfterTimestamp");
    expect(Object.isFrozen(token)).toBe(true);
    expect(await served).toBe(token);
    const refreshAfterTimestamp = clock.now() + MINUTE;
    expect(index.set(KEY, answer("b", { refreshAfterTimestamp })).token.refreshAfterTimestamp).toBe(
      refreshAfterTimestamp,
    );
  });
});

describe("a token is calm, then fresh, then valid, then expired", () => {
  test.each([
    ["five minutes before its end", 0, {}, 55 * MINUTE, 55 * MINUTE],
    ["up to a minute earlier, by chance", 1, {}, 54 * MINUTE, 55 * MINUTE],
    ["when the authority says so", 1, { refresh: 10 * MINUTE }, 10 * MINUTE, 55 * MINUTE],
    ["but not later than its margin", 0, { refresh: 59 * MINUTE }, 55 * MINUTE, 55 * MINUTE],
    ["after half a short life", 0, { life: 4 * MINUTE }, 2 * MINUTE, 2 * MINUTE],
    ["after half a short life, by chance earlier", 1, { life: MINUTE }, 0, MINUTE / 2],
  ])(
    "a renewal is due %s",
    async (_, random, { refresh, life = HOUR }: { refresh?: number; life?: number }, calm, fresh) => {
      const { clock, index, answer, hit } = indexWith(random);
      const entry = index.set(
        KEY,
        answer("a", {
          expiresOnTimestamp: clock.now() + life,
          ...(refresh === undefined ? {} : { refreshAfterTimestamp: clock.now() + refresh }),
        }),
      );
      if (calm > 0) {
        await clock.advance(calm - 1);
        expect([hit(), index.isCalm(entry), index.isFresh(entry)]).toEqual(["a", true, true]);
        await clock.advance(1);
      }
      expect([hit(), index.isCalm(entry)]).toEqual([undefined, false]);
      expect(index.isFresh(entry)).toBe(calm < fresh);
      await clock.advance(Math.max(0, fresh - 1 - calm));
      expect(index.isFresh(entry)).toBe(calm < fresh);
      await clock.advance(fresh - calm > 0 ? 1 : 0);
      expect([index.isFresh(entry), index.restOf(entry)]).toEqual([false, life - fresh]);
      await clock.advance(life - fresh);
      expect(index.restOf(entry)).toBe(0);
    },
  );

  test("by both clocks: neither one that is set back nor one that stands still keeps it alive", async () => {
    const { clock, index, answer } = indexWith();
    const entry = index.set(KEY, answer());
    const start = clock.now();
    clock.setWall(start - HOUR);
    await clock.advance(55 * MINUTE);
    expect([index.isCalm(entry), index.isFresh(entry), index.restOf(entry)]).toEqual([
      false,
      false,
      5 * MINUTE,
    ]);
    const slept = index.set(KEY, answer());
    clock.setWall(clock.now() + 56 * MINUTE);
    expect([index.isCalm(slept), index.isFresh(slept), index.restOf(slept)]).toEqual([
      false,
      false,
      4 * MINUTE,
    ]);
  });

  test("to the moment, by the wall clock alone, too", () => {
    const { clock, index, answer } = indexWith(1);
    const entry = index.set(KEY, answer());
    clock.setWall(entry.calmUntil);
    expect([index.isCalm(entry), index.isFresh(entry)]).toEqual([false, true]);
    clock.setWall(entry.freshUntil.wall);
    expect(index.isFresh(entry)).toBe(false);
  });

  test("by the time at which it came, where that is known", async () => {
    const { clock, index, answer } = indexWith();
    const expiresOnTimestamp = clock.now() + 4 * MINUTE;
    const receivedOnTimestamp = clock.now() - 56 * MINUTE;
    const entry = index.set(KEY, answer("a", { expiresOnTimestamp, receivedOnTimestamp }));
    expect(index.isFresh(entry)).toBe(false);
    expect(index.isFresh(index.set(KEY, answer("a", { expiresOnTimestamp })))).toBe(true);
  });
});

describe("a renewal that brought nothing", () => {
  test("is tried again half a minute later, and the token stays what it was", async () => {
    const { clock, index, answer, hit } = indexWith();
    index.set({ ...KEY, tenantId: "first" }, answer("first"));
    const entry = index.set(KEY, answer("a", { refreshAfterTimestamp: clock.now() }));
    expect(hit()).toBeUndefined();
    index.postponeRefresh(KEY);
    await clock.advance(29_999);
    expect(hit()).toBe("a");
    expect(index.get(KEY)?.served).toBe(entry.served);
    await clock.advance(1);
    expect(hit()).toBeUndefined();
    expect(hit({ ...KEY, tenantId: "first" })).toBe("first");
  });

  test("by both clocks, and never beyond the token's margin", async () => {
    const { clock, index, answer, hit } = indexWith();
    index.set(KEY, answer("a", { refreshAfterTimestamp: clock.now() }));
    index.postponeRefresh(KEY);
    clock.setWall(clock.now() - HOUR);
    await clock.advance(30_000);
    expect(hit()).toBeUndefined();
    index.set(KEY, answer("b"));
    await clock.advance(55 * MINUTE - 10_000);
    index.postponeRefresh(KEY);
    await clock.advance(9_999);
    expect(hit()).toBe("b");
    await clock.advance(1);
    expect(hit()).toBeUndefined();
  });

  test("of a token that is gone is nothing", () => {
    const { index, hit } = indexWith();
    index.postponeRefresh(KEY);
    expect(hit()).toBeUndefined();
  });
});
