import { describe, expect, test } from "vitest";
import { ADA, BOB } from "../../test/scripted-flow.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import type { SharedOptions } from "../options/shared-option-names.ts";
import { HeededSignOuts } from "./heeded-sign-outs.ts";

const tokenCache = memoryTokenCache();
const seenBy = (options: SharedOptions = {}): HeededSignOuts =>
  new HeededSignOuts(resolveSettings({ tokenCache, ...options }));

describe("a sign-out", () => {
  test("is seen once, by every credential of the token cache for the same application and cloud", () => {
    const [one, two] = [seenBy(), seenBy({ authorityHost: "https://login.windows.net" })];
    const other = seenBy({ clientId: "22222222-2222-4222-8222-222222222222" });
    expect([one, two, other].map(({ areHeeded }) => areHeeded)).toEqual([true, true, true]);
    one.announce({ ...ADA, homeAccountId: "ADA.home" });
    expect([one, two, other].map(({ areHeeded }) => areHeeded)).toEqual([false, false, false]);
    expect([one, two, other].map((each) => each.heed(ADA))).toEqual([true, true, false]);
    expect([one, two, other].map(({ areHeeded }) => areHeeded)).toEqual([true, true, true]);
    expect(two.heed(ADA)).toBe(false);
  });

  test("is of one account: it is nothing to another, to nobody, and to who came later", () => {
    const one = seenBy();
    one.announce(ADA);
    expect(one.heed(BOB)).toBe(false);
    one.announce(ADA);
    expect(one.heed(undefined)).toBe(false);
    const later = seenBy();
    expect([later.areHeeded, later.heed(ADA)]).toEqual([true, false]);
    one.announce(BOB);
    one.announce(ADA);
    expect([later.heed(ADA), later.heed(ADA)]).toEqual([true, false]);
  });

  test("is a credential's own where it shares no token cache", () => {
    const [one, two] = [
      seenBy({ tokenCache: undefined as never }),
      seenBy({ tokenCache: undefined as never }),
    ];
    one.announce(ADA);
    expect([one.areHeeded, two.areHeeded]).toEqual([false, true]);
  });
});
