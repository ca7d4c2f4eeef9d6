import { expect, test } from "vitest";
import { ADA, BOB } from "../../test/scripted-flow.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import type { SharedOptions } from "../options/shared-option-names.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { keyOfToken } from "./request-key.ts";
import { Session } from "./session.ts";
import type { TokenCall } from "./token-call.ts";

const CALL: TokenCall = { scopes: ["s"], tenantId: "t", enableCae: false, correlationId: "c", options: {} };
const KEY = keyOfToken(CALL);

function sessionWith(options: SharedOptions = {}) {
  const clock = virtualClock();
  const session = new Session({ settings: resolveSettings(options), clock, random: () => 0 });
  const accept = (account = ADA, token = "a", scopes = ["s"]) =>
    session.accept(
      { ...CALL, scopes },
      { token, expiresOnTimestamp: clock.now() + 3_600_000, account, tenantId: "t", grantedScopes: scopes },
    );
  return { session, accept };
}

test("the tokens are one account's: those of another are forgotten when it signs in, and its own stay", () => {
  const { session, accept } = sessionWith();
  expect([session.account, session.isSignedOut]).toEqual([undefined, false]);
  const { entry, account } = accept();
  expect([entry.token.token, account, session.account]).toEqual(["a", ADA, ADA]);
  accept({ ...ADA, homeAccountId: "ADA.home" }, "other", ["other"]);
  expect(session.tokens.get(KEY)?.token.token).toBe("a");
  accept(BOB, "b", ["other"]);
  expect([session.account, session.tokens.get(KEY)]).toEqual([BOB, undefined]);
});

test("after a sign-out a person must be asked, until one has signed in; whom the credential is for it knows still", () => {
  const { session, accept } = sessionWith({ authenticationRecord: BOB });
  accept(BOB);
  session.signOut();
  expect([session.account, session.isSignedOut, session.tokens.get(KEY)]).toEqual([BOB, true, undefined]);
  accept(BOB);
  expect([session.isSignedOut, session.tokens.get(KEY)?.token.token]).toEqual([false, "a"]);
  const free = sessionWith();
  free.accept();
  free.session.signOut();
  expect(free.session.account).toBeUndefined();
});

test("a sign-out by another credential of the token cache takes this account's tokens along, and no other's", () => {
  const tokenCache = memoryTokenCache();
  const [one, two] = [sessionWith({ tokenCache }), sessionWith({ tokenCache })];
  one.accept();
  two.accept(BOB);
  two.session.announceSignOut(ADA);
  // Who announces it has heeded it.
  expect([one.session.hasHeededSignOuts, two.session.hasHeededSignOuts]).toEqual([false, true]);
  for (const { session } of [one, two]) session.heedSignOuts();
  expect([one.session.tokens.get(KEY), two.session.tokens.get(KEY)?.token.token]).toEqual([undefined, "a"]);
  expect(one.session.hasHeededSignOuts).toBe(true);
});
