import { expect, test } from "vitest";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { signOutsOf } from "./sign-outs.ts";

test("a token cache has one list of sign-outs, whichever copy of this package asks for it", () => {
  const [store, other] = [memoryTokenCache(), memoryTokenCache()];
  const signOuts = signOutsOf(store);
  signOuts.add("ada");
  expect(signOutsOf(store)).toBe(signOuts);
  expect(signOutsOf(other).has("ada", 0)).toBe(false);
});

test("who shares no token cache shares no sign-outs", () => {
  signOutsOf(undefined).add("ada");
  expect(signOutsOf(undefined).count).toBe(0);
});
