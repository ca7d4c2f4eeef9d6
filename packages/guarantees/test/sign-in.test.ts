import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ARM, STORAGE, claimsOf, failureOf, openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  vi.useRealTimers();
  await stage[Symbol.asyncDispose]();
});

const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';

describe("one sign-in", () => {
  test("serves another tenant with a token of that tenant", async () => {
    const { emulator } = stage;
    stage.emulator.person.script({ action: "approve", account: "grace@contoso.example" });
    const credential = stage.browser({
      tenantId: emulator.defaults.tenantId,
      additionallyAllowedTenants: ["*"],
    });
    await credential.getToken(ARM);
    const other = await credential.getToken(ARM, { tenantId: emulator.defaults.otherTenantId });
    expect(claimsOf(other!.token)).toMatchObject({ tid: emulator.defaults.otherTenantId });
    expect(stage.opened.length).toBe(1);
  });

  test("serves clients that ask for Continuous Access Evaluation, and those that do not", async () => {
    const credential = stage.browser();
    await credential.getToken(ARM);
    const cae = await credential.getToken(ARM, { enableCae: true });
    expect(claimsOf(cae!.token)["xms_cc"]).toEqual(["cp1"]);
    expect(stage.opened.length).toBe(1);
  });

  test("serves parallel calls for several resources", async () => {
    const credential = stage.browser();
    await Promise.all([
      credential.getToken(ARM),
      credential.getToken(STORAGE),
      credential.getToken(ARM, { enableCae: true }),
    ]);
    expect(stage.opened.length).toBe(1);
  });

  test("by device code serves a hundred calls at once with one prompt", async () => {
    const credential = stage.deviceCode();
    stage.emulator.script({ on: "devicecode", mutate: shortInterval });
    await Promise.all(Array.from({ length: 100 }, () => credential.getToken(ARM)));
    expect(stage.prompts.length).toBe(1);
  });

  test("after authenticate() no client prompts", async () => {
    const credential = stage.browser();
    await credential.authenticate(ARM);
    await credential.getToken(STORAGE, { enableCae: true });
    expect(stage.opened.length).toBe(1);
  });
});

describe("a renewal", () => {
  test.each([
    ["the connection is cut", { reset: true }],
    ["the authority answers 503", { status: 503, body: { error: "temporarily_unavailable" } }],
    [
      "the authority answers 429 and asks for an hour",
      { status: 429, retryAfter: 3600, body: { error: "throttled" } },
    ],
  ])("prompts nobody when %s", async (_, fault) => {
    const credential = stage.browser({ requestTimeoutInMs: 2000 });
    await credential.getToken(ARM);
    stage.emulator.script({ on: "refresh", times: 20, ...fault });
    await failureOf(credential.getToken(STORAGE), 15_000);
    expect(stage.opened.length).toBe(1);
  });

  test("that meets a fault is an error that may pass, not a demand to sign in", async () => {
    const credential = stage.browser();
    await credential.getToken(ARM);
    stage.emulator.script({
      on: "refresh",
      times: 20,
      status: 429,
      retryAfter: 3600,
      body: { error: "throttled" },
    });
    expect(await failureOf(credential.getToken(STORAGE))).toMatchObject({
      name: "AuthenticationError",
      code: "network",
      retryable: true,
      retryAfterInMs: 3_600_000,
    });
  });

  test("returns the token that is still valid when the authority is away", async () => {
    const credential = stage.browser();
    const first = await credential.getToken(ARM);
    // Within five minutes of its end a token of an hour counts as due for renewal.
    letItBe(first!.expiresOnTimestamp - 120_000);
    stage.emulator.script({
      on: "refresh",
      times: 20,
      status: 429,
      retryAfter: 3600,
      body: { error: "throttled" },
    });
    expect((await credential.getToken(ARM))?.token).toBe(first?.token);
    expect(stage.emulator.count("refresh")).toBeGreaterThan(0);
  });

  test("of an expired token is made once for a hundred calls", async () => {
    const credential = stage.browser();
    const first = await credential.getToken(ARM);
    letItBe(first!.expiresOnTimestamp + 1000);
    await Promise.all(Array.from({ length: 100 }, () => credential.getToken(ARM)));
    expect(stage.emulator.count("refresh")).toBe(1);
  });
});

test("a claims challenge goes to the authority for one call only", async () => {
  const credential = stage.browser();
  await credential.getToken(ARM);
  await credential.getToken(ARM, { claims: CLAIMS });
  const before = stage.emulator.count("token");
  for (let i = 0; i < 20; i += 1) await credential.getToken(ARM);
  expect(stage.emulator.count("token")).toBe(before);
});

test("proof of possession is refused, not replaced by a bearer token", async () => {
  const proofOfPossessionOptions = {
    nonce: "n",
    resourceRequestMethod: "GET" as const,
    resourceRequestUrl: "https://management.azure.com",
  };
  expect(await failureOf(stage.browser().getToken(ARM, { proofOfPossessionOptions }))).toMatchObject({
    code: "unsupported",
  });
});

function shortInterval(answer: { status: number; headers: Readonly<Record<string, string>>; body: unknown }) {
  return { ...answer, body: { ...(answer.body as object), interval: 1 } };
}

/** Sets the wall clock, and it alone: timers and what is measured go on. */
function letItBe(timestamp: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: timestamp });
}
