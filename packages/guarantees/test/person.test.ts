import { afterEach, describe, expect, test, vi } from "vitest";
import { expectWithin } from "../../../tools/measure/expect-within.ts";
import { ARM, failureOf, openStage, type Stage } from "./stage.ts";

let stage: Stage;
afterEach(async () => {
  vi.unstubAllEnvs();
  await stage[Symbol.asyncDispose]();
});

describe("it always ends", () => {
  test("a signal that is aborted already opens no browser", async () => {
    stage = await openStage();
    expect(
      await failureOf(stage.browser().getToken(ARM, { abortSignal: AbortSignal.abort() })),
    ).toMatchObject({ name: "AbortError" });
    expect(stage.opened).toEqual([]);
  });

  test("an abort ends a sign-in in the browser within 100 ms, with the reason as cause", async () => {
    stage = await openStage({ person: { action: "close" } });
    await expectWithin(100, async () => {
      const controller = new AbortController();
      const shown = stage.nextOpened();
      const failure = failureOf(stage.browser().getToken(ARM, { abortSignal: controller.signal }));
      await shown;
      const began = performance.now();
      controller.abort(new Error("enough"));
      expect(await failure).toMatchObject({ name: "AbortError", cause: { message: "enough" } });
      return performance.now() - began;
    });
  });

  test("a closed browser ends as a timeout", async () => {
    stage = await openStage({ person: { action: "close" } });
    expect(await failureOf(stage.browser({ timeoutInMs: 300 }).getToken(ARM))).toMatchObject({
      name: "AuthenticationError",
      code: "timeout",
      detail: "interactive_timeout",
    });
  });

  test("an authority that never answers ends as a timeout", async () => {
    stage = await openStage();
    stage.emulator.script({ on: "redeem", times: 5, never: true });
    expect(await failureOf(stage.browser({ requestTimeoutInMs: 300 }).getToken(ARM))).toMatchObject({
      code: "timeout",
      detail: "request_timeout",
    });
  });
});

describe("the person's choice", () => {
  test("a refusal is told as such, never as a demand to sign in", async () => {
    stage = await openStage({ person: { action: "decline" } });
    const failure = await failureOf(stage.browser().getToken(ARM));
    expect(failure).toMatchObject({ name: "AuthenticationError" });
    expect(["access_denied", "user_cancelled"]).toContain((failure as { code: string }).code);
  });

  test("after a refusal the next calls do not ask again", async () => {
    stage = await openStage({ person: { action: "decline" } });
    const credential = stage.browser();
    for (let i = 0; i < 3; i += 1) await failureOf(credential.getToken(ARM));
    expect(stage.opened.length).toBe(1);
  });

  test("a login hint suggests; the account picker stays", async () => {
    stage = await openStage();
    await stage.browser({ loginHint: "grace@contoso.example" }).getToken(ARM);
    const { searchParams } = new URL(stage.opened[0]!);
    expect([searchParams.get("prompt"), searchParams.get("login_hint")]).toEqual([
      "select_account",
      "grace@contoso.example",
    ]);
  });

  test("a caller's own opener is called wherever the program runs", async () => {
    stage = await openStage();
    vi.stubEnv("CI", "true");
    vi.stubEnv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22");
    await stage.browser().getToken(ARM);
    expect(stage.opened.length).toBe(1);
  });

  test("the redirect URI of the caller is the one that is used", async () => {
    stage = await openStage();
    await stage.browser({ redirectUri: "http://localhost:38471" }).getToken(ARM);
    expect(new URL(new URL(stage.opened[0]!).searchParams.get("redirect_uri")!).port).toBe("38471");
  });
});

describe("device code", () => {
  test("an authority that asks to slow down is obeyed", async () => {
    stage = await openStage({ deviceCodeIntervalInS: 1 });
    stage.emulator.script({ on: "poll", error: { error: "slow_down" } });
    expect((await stage.deviceCode().getToken(ARM))?.token).toBeTruthy();
  }, 240_000);

  test("a refused application is an error at once, with the authority's number; nobody is prompted", async () => {
    stage = await openStage();
    stage.emulator.script({
      on: "devicecode",
      times: 5,
      error: { error: "invalid_client", aadsts: 7000218, description: "AADSTS7000218: not a public client." },
    });
    const failure = await failureOf(stage.deviceCode().getToken(ARM));
    expect(failure).toMatchObject({ name: "AuthenticationError", aadsts: 7000218 });
    expect((failure as { message: string }).message).toContain("Allow public client flows");
    expect(stage.prompts).toEqual([]);
  });

  test("whoever shows the code is asked to, wherever standard error leads", async () => {
    stage = await openStage({ deviceCodeIntervalInS: 1 });
    vi.stubEnv("CI", "true");
    await expect(stage.deviceCode().getToken(ARM)).resolves.toMatchObject({
      token: expect.any(String) as string,
    });
  });

  test("the secret device code stays inside", async () => {
    stage = await openStage({ deviceCodeIntervalInS: 1 });
    await stage.deviceCode().getToken(ARM);
    const [prompt] = stage.prompts;
    expect(Object.keys(prompt!).sort()).toEqual(["expiresOn", "message", "userCode", "verificationUri"]);
  });

  test("an abort between two polls ends the call within 100 ms", async () => {
    stage = await openStage({ person: { action: "close" } });
    await expectWithin(100, async () => {
      const shown = stage.prompts.length;
      const controller = new AbortController();
      const credential = stage.deviceCode();
      const call = failureOf(credential.getToken(ARM, { abortSignal: controller.signal }));
      while (stage.prompts.length === shown) await new Promise((resolve) => setImmediate(resolve));
      const began = performance.now();
      controller.abort();
      expect(await call).toMatchObject({ name: "AbortError" });
      return performance.now() - began;
    });
  });
});
