import { describe, expect, test } from "vitest";
import { ADA, BOB } from "../../test/scripted-flow.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import type { Clock } from "../clock.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { CredentialOptions, InteractiveOptions } from "../options/credential-options.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import type { Acquired } from "./acquired.ts";
import { gateOf } from "./gate-of.ts";
import type { SignInGate } from "./sign-in-gate.ts";

const ID = "22222222-2222-4222-8222-222222222222";
const OTHER = "33333333-3333-4333-8333-333333333333";
const clock = virtualClock();
const tokenCache = memoryTokenCache();

function gateWith(
  options: CredentialOptions & InteractiveOptions = {},
  asksBy?: object,
  by: Clock = clock,
): SignInGate<Acquired> {
  return gateOf(resolveSettings(options), by, asksBy);
}

const refused = (gate: SignInGate<Acquired>, loginHint?: string): Promise<unknown> =>
  gate
    .enter(
      {
        owner: gate,
        key: "k",
        loginHint,
        cooldownInMs: 60_000,
        timeoutInMs: undefined,
        explicit: false,
        start: () => Promise.reject(new AuthenticationError({ code: "user_cancelled", what: "x" })),
        waiting: () => {},
      },
      new AbortController().signal,
    )
    .catch((error: unknown) => error);

describe("credentials that share a token cache", () => {
  test("share a gate for one application, authority and account, whatever else they want", () => {
    const gate = gateWith({ tokenCache });
    const same: (CredentialOptions & InteractiveOptions)[] = [
      {},
      { tenantId: ID },
      { prompt: "login" },
      { loginHint: "ada" },
    ];
    for (const options of same) expect(gateWith({ tokenCache, ...options }, {})).toBe(gate);
    const others = [
      { clientId: ID },
      { authorityHost: "https://login.microsoftonline.us" },
      { authenticationRecord: { ...ADA, clientId: resolveSettings({}).clientId } },
      { tokenCache: memoryTokenCache() },
    ].map((options) => gateWith({ tokenCache, ...options }));
    expect(new Set([gate, ...others]).size).toBe(5);
    const record = { ...ADA, clientId: resolveSettings({}).clientId };
    const inCapitals = { ...record, homeAccountId: record.homeAccountId.toUpperCase() };
    expect(gateWith({ tokenCache, authenticationRecord: inCapitals })).toBe(others[2]);
    expect(
      gateWith({ tokenCache, authenticationRecord: { ...record, homeAccountId: BOB.homeAccountId } }),
    ).not.toBe(others[2]);
  });
});

describe("credentials without a token cache", () => {
  test("share a gate where they would ask for the very same, in the same way, by the same clock", () => {
    const asksBy = {};
    const gate = gateWith({ tenantId: ID, loginHint: "Ada" }, asksBy);
    expect(gateWith({ tenantId: ID.toUpperCase(), loginHint: "ada" }, asksBy)).toBe(gate);
    const others = [
      gateWith({ tenantId: OTHER, loginHint: "Ada" }, asksBy),
      gateWith({ tenantId: ID, loginHint: "Bob" }, asksBy),
      gateWith({ tenantId: ID }, asksBy),
      gateWith({ tenantId: ID, loginHint: "Ada", prompt: "login" }, asksBy),
      gateWith({ tenantId: ID, loginHint: "Ada", clientId: OTHER }, asksBy),
      gateWith({ tenantId: ID, loginHint: "login" }, asksBy),
      gateWith({ tenantId: ID, prompt: "login" }, asksBy),
      gateWith({ tenantId: ID, loginHint: "Ada" }, {}),
      gateWith({ tenantId: ID, loginHint: "Ada" }, asksBy, virtualClock()),
    ];
    expect(new Set([gate, ...others]).size).toBe(10);
  });

  test("each have their own where nobody knows by what they ask", () => {
    expect(gateWith()).not.toBe(gateWith());
  });

  test("know of each other's rest, however many others have asked for something else since", async () => {
    const asksBy = {};
    const gate = gateWith({ loginHint: "ada" }, asksBy);
    await refused(gate, "ada");
    expect(gate.isResting).toBe(true);
    for (let n = 0; n < 100; n += 1) gateWith({ loginHint: `other-${n}` }, asksBy);
    const next = gateWith({ loginHint: "ada" }, asksBy);
    expect(await refused(next, "ada")).toMatchObject({ detail: "prompt_cooldown" });
    await clock.advance(60_000);
    expect(await refused(gateWith({ loginHint: "ada" }, asksBy), "ada")).toMatchObject({
      message: expect.stringMatching(/^x/) as string,
    });
  });
});
