import { inspect } from "node:util";
import type { AuthenticationEvent } from "@entrada/core";
import { AuthenticationError, CODE_NOT_USED, type InteractiveRequest } from "@entrada/core/flow";
import { virtualClock, type VirtualClock } from "@entrada/core/testing";
import { describe, expect, test } from "vitest";
import {
  answer,
  DEVICE_ANSWER,
  DEVICE_ENDPOINT,
  ScriptedEntra,
  TOKEN_ANSWER,
  TOKEN_ENDPOINT,
} from "../test/scripted-entra.ts";
import type { DeviceCodeInfo, UserPromptCallback } from "./device-code-prompt.ts";
import { DeviceCodeSignIn } from "./device-code-sign-in.ts";

interface Setup {
  readonly entra: ScriptedEntra;
  readonly clock: VirtualClock;
  readonly controller: AbortController;
  readonly events: AuthenticationEvent[];
  readonly shown: DeviceCodeInfo[];
  /** Begins a sign-in and collects how it ends. */
  signIn(more?: Partial<InteractiveRequest>): { readonly outcomes: unknown[] };
}

function setUp(prompt?: UserPromptCallback): Setup {
  const entra = new ScriptedEntra();
  const clock = virtualClock();
  const controller = new AbortController();
  const events: AuthenticationEvent[] = [];
  const shown: DeviceCodeInfo[] = [];
  const once = new DeviceCodeSignIn({
    entra,
    clock,
    clientId: "client",
    userPromptCallback: (info, context) => {
      entra.calls.push("prompt");
      shown.push(info);
      return prompt?.(info, context);
    },
  });
  const signIn: Setup["signIn"] = (more) => {
    const outcomes: unknown[] = [];
    const request: InteractiveRequest = {
      scopes: ["https://management.azure.com/.default"],
      tenantId: "tenant",
      enableCae: false,
      signal: controller.signal,
      correlationId: "correlation",
      report: (event) => events.push(event),
      ...more,
    };
    once.run(request).then(
      (token) => outcomes.push(token),
      (error: unknown) => outcomes.push(error),
    );
    return { outcomes };
  };
  return { entra, clock, controller, events, shown, signIn };
}

describe("a sign-in", () => {
  test("asks for a code, shows it, polls and redeems, in this order", async () => {
    const { entra, clock, signIn } = setUp();
    entra.polls = [answer({ error: "authorization_pending" }), answer({ access_token: "t" })];
    const { outcomes } = signIn();
    await clock.advance(10_000);
    expect(entra.calls).toEqual(["device", "prompt", "prepare", "poll", "poll", "redeem"]);
    expect(outcomes).toEqual([TOKEN_ANSWER]);
    expect(clock.pending).toBe(0);
  });

  test("sends what RFC 8628 asks for, and what Entra needs to name the account", async () => {
    const { entra, clock, signIn } = setUp();
    signIn();
    await clock.advance(5000);
    expect(entra.posts).toEqual([
      {
        url: DEVICE_ENDPOINT,
        form: {
          client_id: "client",
          scope: "https://management.azure.com/.default openid profile offline_access",
        },
        repeat: "safe",
      },
      {
        url: TOKEN_ENDPOINT,
        form: {
          grant_type: "urn:ietf:params:oauth:grant-type:device_code",
          client_id: "client",
          device_code: "device-code-secret",
          client_info: "1",
        },
        repeat: undefined,
      },
    ]);
  });

  test("names no scope twice", async () => {
    const { entra, clock, signIn } = setUp();
    signIn({ scopes: ["offline_access", "openid"] });
    await clock.advance(0);
    expect(entra.posts[0]?.form["scope"]).toBe("offline_access openid profile");
  });

  test("asks for claims and for Continuous Access Evaluation with the code and with the token", async () => {
    const { entra, clock, signIn } = setUp();
    signIn({ claims: '{"access_token":{"nbf":{"essential":true}}}', enableCae: true });
    await clock.advance(5000);
    const claims = '{"access_token":{"nbf":{"essential":true},"xms_cc":{"values":["cp1"]}}}';
    expect(entra.posts.map(({ form }) => form["claims"])).toEqual([claims, claims]);
  });

  test("hands msal-node figures that it can compute with", async () => {
    const { entra, clock, signIn } = setUp();
    entra.device = answer({ ...DEVICE_ANSWER.json, expires_in: "soon", interval: -1 });
    signIn();
    await clock.advance(5000);
    expect(entra.redeemed).toMatchObject([{ device: { json: { expires_in: 900, interval: 5 } } }]);
  });

  test("tells the caller what the person sees, and nothing else", async () => {
    const { clock, events, shown, signIn } = setUp();
    signIn();
    await clock.advance(0);
    const expiresOn = new Date(clock.now() + 900_000);
    const verificationUri = "https://microsoft.com/devicelogin";
    const message = "Open https://microsoft.com/devicelogin and enter ABCD-EFGH";
    expect(shown).toEqual([{ userCode: "ABCD-EFGH", verificationUri, message, expiresOn }]);
    expect(events).toEqual([
      { type: "prompt", flow: "device-code", url: verificationUri, userCode: "ABCD-EFGH", expiresOn },
    ]);
  });

  test("tells everybody the person's own time, where it is shorter than the code's life", async () => {
    const { clock, events, shown, signIn } = setUp();
    const expiresOn = new Date(clock.now() + 4000);
    signIn({ expiresOn });
    await clock.advance(0);
    expect(shown).toMatchObject([{ expiresOn }]);
    expect(events).toMatchObject([{ type: "prompt", expiresOn }]);
  });

  test("says what the page may have shown when the person's time is over, and that there was none yet", async () => {
    const { clock, signIn } = setUp();
    let hint = "";
    signIn({ explainTimeout: (words) => (hint = words()) });
    expect(hint).toContain("Nobody was asked yet");
    await clock.advance(0);
    expect(hint).toMatch(
      /an AADSTS number on it is explained at https:\S+\/docs\/errors\.md#codes-of-entra-aadsts and https:/,
    );
  });

  const network = new AuthenticationError({
    code: "network",
    what: "No route",
    remedy: "Look",
    retryable: true,
  });
  const pending = answer({ error: "authorization_pending" });
  const slowDown = answer({ error: "slow_down" });
  const NOTHING = /^If the page of the code showed an error, it cannot tell this program: /;
  test.each([
    ["nothing but the person", [pending], NOTHING],
    [
      "that the authority could not be asked",
      [pending, network],
      /^When the authority was last asked .*: No route\. If the page/,
    ],
    ["nothing of a fault that has passed", [network, pending], NOTHING],
    ["nothing of two requests to ask less often", [slowDown, slowDown, pending], NOTHING],
    [
      "that it has refused to be asked so often",
      [slowDown, slowDown, slowDown],
      /^The authority has refused to be asked so often 3 times, so it was asked every 20 s at last, .*\. If the page/,
    ],
  ])("tells when the time is over what has stood in the way: %s", async (_, polls, expected) => {
    const { entra, clock, signIn } = setUp();
    let hint = (): string => "";
    entra.polls = polls;
    const { outcomes } = signIn({ explainTimeout: (words) => (hint = words) });
    while (entra.pollCount < polls.length) await clock.advance(1000);
    expect(hint()).toMatch(expected);
    // Whichever time ends first.
    await clock.advance(900_000);
    const [error] = outcomes as AuthenticationError[];
    expect(error?.code).toBe("device_code_expired");
    const [trouble = ""] = hint().split("If the page");
    expect(error?.hint).toBe(`${trouble}${CODE_NOT_USED}`);
  });

  test.each([0, -5])("shows a code with time left where the authority says %i s", async (expires_in) => {
    const { entra, clock, events, shown, signIn } = setUp();
    entra.device = answer({ ...DEVICE_ANSWER.json, expires_in });
    const start = clock.now();
    signIn();
    await clock.advance(5000);
    expect(shown).toMatchObject([{ expiresOn: new Date(start + 900_000) }]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "warning", code: "expires_in_invalid", flow: "device-code" }),
    );
    expect(entra.redeemed).toMatchObject([{ device: { json: { expires_in: 900 } } }]);
  });

  test("warns of an interval that cannot be meant", async () => {
    const { entra, clock, events, signIn } = setUp();
    entra.device = answer({ ...DEVICE_ANSWER.json, interval: 0 });
    signIn();
    await clock.advance(0);
    expect(events[0]).toMatchObject({ type: "warning", flow: "device-code", code: "interval_invalid" });
  });
});

describe("the prompt", () => {
  test("is awaited: nothing is loaded or polled before", async () => {
    let close!: () => void;
    const { entra, clock, signIn } = setUp(() => new Promise((resolve) => (close = resolve)));
    let hint = (): string => "";
    const { outcomes } = signIn({ explainTimeout: (words) => (hint = words) });
    await clock.advance(60_000);
    expect(entra.calls).toEqual(["device", "prompt"]);
    expect(hint()).toMatch(/^The function "userPromptCallback" has not come back, .*\. If the page/);
    close();
    await clock.advance(5000);
    expect(entra.calls.slice(2)).toEqual(["prepare", "poll", "redeem"]);
    expect(outcomes).toEqual([TOKEN_ANSWER]);
  });

  const failure = new Error("the screen is off");
  test.each([
    [
      "throws",
      () => {
        throw failure;
      },
    ],
    ["rejects", () => Promise.reject(failure)],
  ])("that %s ends the sign-in with its own error as the cause, without a poll", async (_, prompt) => {
    const { entra, clock, signIn } = setUp(prompt);
    const { outcomes } = signIn();
    await clock.advance(60_000);
    expect(outcomes).toHaveLength(1);
    expect(outcomes[0]).toBeInstanceOf(TypeError);
    expect(outcomes[0]).toMatchObject({
      code: "ERR_INVALID_ARG_VALUE",
      detail: "prompt_failed",
      message: expect.stringContaining('"userPromptCallback"') as string,
      cause: failure,
    });
    expect(entra.pollCount).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test("that never returns ends with the code, and hears of it", async () => {
    const signals: AbortSignal[] = [];
    const { entra, clock, signIn } = setUp((_, { signal }) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    const { outcomes } = signIn();
    await clock.advance(899_999);
    expect([outcomes, signals[0]?.aborted]).toEqual([[], false]);
    await clock.advance(1);
    expect(outcomes).toMatchObject([{ code: "device_code_expired" }]);
    expect([signals[0]?.aborted, entra.pollCount]).toEqual([true, 0]);
  });

  test("hears of a refusal, and of a good end nothing", async () => {
    for (const last of [{ error: "access_denied" }, { access_token: "t" }]) {
      const signals: AbortSignal[] = [];
      const { clock, entra, signIn } = setUp((_, { signal }) => void signals.push(signal));
      entra.polls = [answer(last)];
      signIn();
      await clock.advance(5000);
      expect(signals.map(({ aborted }) => aborted)).toEqual(["error" in last]);
    }
  });

  test("that never returns ends when the caller aborts, and hears of it", async () => {
    const signals: AbortSignal[] = [];
    const { clock, controller, signIn } = setUp((_, { signal }) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    const { outcomes } = signIn();
    await clock.advance(1000);
    controller.abort("enough");
    await clock.advance(0);
    expect(outcomes).toMatchObject([{ name: "AbortError", cause: "enough" }]);
    expect(signals[0]?.aborted).toBe(true);
  });
});

describe("what the authority refuses", () => {
  const aadsts = (error: string, number: number, text: string): ReturnType<typeof answer> =>
    answer({
      error,
      error_description: `AADSTS${number}: ${text}`,
      correlation_id: "theirs",
      trace_id: "trace",
    });

  test("no code: the error comes at once, with its remedy, and nobody is asked", async () => {
    const { entra, clock, events, shown, signIn } = setUp();
    entra.device = aadsts("invalid_client", 7000218, "The request body must contain client_assertion.");
    const { outcomes } = signIn();
    await clock.advance(0);
    expect(outcomes).toMatchObject([
      {
        code: "service",
        detail: "invalid_client",
        aadsts: 7000218,
        correlationId: "theirs",
        traceId: "trace",
        hint: expect.stringContaining("Allow public client flows") as string,
        message: expect.stringMatching(/^No device code was given\./) as string,
      },
    ]);
    expect([shown, events, entra.pollCount]).toEqual([[], [], 0]);
  });

  test.each([
    ["nothing", {}],
    ["no user code", { ...DEVICE_ANSWER.json, user_code: undefined }],
    ["no device code", { ...DEVICE_ANSWER.json, device_code: undefined }],
  ])("an answer with %s is not acceptable, nobody is asked and nothing is polled", async (_, json) => {
    const { entra, clock, shown, signIn } = setUp();
    entra.device = answer(json);
    const { outcomes } = signIn();
    await clock.advance(60_000);
    expect(outcomes).toMatchObject([{ code: "invalid_response" }]);
    expect([shown, entra.pollCount]).toEqual([[], 0]);
  });

  test("an answer that is no success and no error either is not taken for a code", async () => {
    const { entra, clock, shown, signIn } = setUp();
    entra.device = answer({ ...DEVICE_ANSWER.json }, 404);
    const { outcomes } = signIn();
    await clock.advance(0);
    expect(outcomes).toMatchObject([{ code: "invalid_response", detail: "unexpected_status" }]);
    expect(shown).toEqual([]);
  });

  test("a fault on the way to the code is passed on as it is", async () => {
    const { entra, clock, signIn } = setUp();
    entra.device = new AuthenticationError({ code: "network", what: "No network", retryable: true });
    const { outcomes } = signIn();
    await clock.advance(0);
    expect(outcomes).toEqual([entra.device]);
  });

  test.each([
    ["authorization_declined", 70017, { code: "access_denied", retryable: false }],
    ["access_denied", 65004, { code: "access_denied", retryable: false }],
    [
      "expired_token",
      70020,
      { code: "device_code_expired", detail: "device_code_expired", retryable: false },
    ],
    ["bad_verification_code", 70018, { code: "service", detail: "bad_verification_code" }],
    ["invalid_grant", 70000, { code: "service", detail: "invalid_grant" }],
    ["invalid_client", 7000218, { code: "service", detail: "invalid_client" }],
  ])("a token by %s: the sign-in ends with its AADSTS number", async (error, number, expected) => {
    const { entra, clock, signIn } = setUp();
    entra.polls = [answer({ error: "authorization_pending" }), aadsts(error, number, "No.")];
    const { outcomes } = signIn();
    await clock.advance(60_000);
    expect(outcomes).toMatchObject([{ ...expected, aadsts: number }]);
    expect([entra.pollCount, clock.pending]).toEqual([2, 0]);
  });

  test("a code that the authority calls expired reads as one that ran out here", async () => {
    const { entra, clock, signIn } = setUp();
    entra.polls = [answer({ error: "expired_token" })];
    const { outcomes } = signIn();
    await clock.advance(5000);
    expect(String(outcomes[0])).toMatch(
      /^AuthenticationError: The code was not used in time\. Start again\./,
    );
  });

  test("a word that only means a pause does not end the sign-in", async () => {
    const { entra, clock, signIn } = setUp();
    entra.polls = [answer({ error: "temporarily_unavailable" }), answer({ access_token: "t" })];
    const { outcomes } = signIn();
    await clock.advance(15_000);
    expect(outcomes).toEqual([TOKEN_ANSWER]);
  });
});

describe("an abort", () => {
  test("before the call means that nothing is sent or shown", async () => {
    const { entra, clock, controller, shown, signIn } = setUp();
    controller.abort("too late");
    const { outcomes } = signIn();
    await clock.advance(60_000);
    expect(outcomes).toMatchObject([{ name: "AbortError", cause: "too late" }]);
    expect([entra.calls, shown, clock.pending]).toEqual([[], [], 0]);
  });

  test("while the code is on its way means that it is not shown", async () => {
    const { entra, clock, controller, shown, signIn } = setUp();
    entra.device = "hangs";
    const { outcomes } = signIn();
    await clock.advance(1000);
    controller.abort();
    await clock.advance(0);
    expect(outcomes).toMatchObject([{ name: "AbortError" }]);
    expect(shown).toEqual([]);
  });

  test("on hearing of the prompt means that the code is not shown", async () => {
    const { clock, controller, entra, signIn } = setUp();
    const { outcomes } = signIn({ report: ({ type }) => type === "prompt" && controller.abort() });
    await clock.advance(0);
    expect(outcomes).toMatchObject([{ name: "AbortError" }]);
    expect(entra.calls).toEqual(["device"]);
  });

  test("in a poll reaches that poll", async () => {
    const { entra, clock, controller, signIn } = setUp();
    entra.polls = ["hangs"];
    const { outcomes } = signIn();
    await clock.advance(6000);
    expect(entra.pollCount).toBe(1);
    controller.abort();
    await clock.advance(0);
    expect(outcomes).toMatchObject([{ name: "AbortError" }]);
    expect(clock.pending).toBe(0);
  });
});

test("the device code is in no event, error, argument of the prompt or printed form", async () => {
  const { entra, clock, events, shown, signIn } = setUp();
  entra.polls = [
    answer({ error: "slow_down" }),
    answer({ error: "slow_down" }),
    answer({ error: "slow_down" }),
    answer({ error: "invalid_grant", error_description: "AADSTS70000: No." }),
  ];
  const { outcomes } = signIn();
  await clock.advance(120_000);
  const told = [...events, ...shown, ...outcomes];
  expect(told.length).toBeGreaterThanOrEqual(4);
  const printed = told.map(
    (each) => `${inspect(each, { depth: 9, showHidden: true })} ${JSON.stringify(each)}`,
  );
  expect(printed.join("\n")).not.toContain("device-code-secret");
});
