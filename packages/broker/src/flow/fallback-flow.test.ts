import { AuthenticationError, CredentialUnavailableError, type AuthenticationEvent } from "@entrada/core";
import type { Flow, TokenAnswer } from "@entrada/core/flow";
import { beforeEach, describe, expect, test } from "vitest";
import { ADA, BOB, recordOf } from "../../test/fake-account.ts";
import { interactiveRequest, reasonOf, silentRequest } from "../../test/flow-on-fake.ts";
import { FallbackFlow } from "./fallback-flow.ts";
import { SilentOnlyFlow } from "./silent-only-flow.ts";

const NO_BROKER = new CredentialUnavailableError({
  code: "broker_unavailable",
  detail: "wam_missing",
  what: "There is none",
});

/** A flow that says what it was asked. */
class Recorded implements Flow {
  readonly asked: string[] = [];
  readonly sharing = {} as NonNullable<Flow["sharing"]>;
  readonly asksBy: object = {};
  readonly name: string;
  fails: Error | undefined;
  readonly taken: (readonly [unknown, Flow])[] = [];

  constructor(name: string) {
    this.name = name;
  }
  async silent(): Promise<TokenAnswer> {
    return this.#answer("silent");
  }
  async interactive(): Promise<TokenAnswer> {
    return this.#answer("interactive");
  }
  async accounts(): ReturnType<Flow["accounts"]> {
    this.asked.push("accounts");
    return [recordOf(ADA)];
  }
  async signOut(...given: Parameters<Flow["signOut"]>): Promise<void> {
    this.asked.push(`signOut ${JSON.stringify(given)}`);
  }
  async accountOf(hint: string): ReturnType<NonNullable<Flow["accountOf"]>> {
    return hint === BOB.username ? recordOf(BOB) : undefined;
  }
  async takeOver(...given: Parameters<NonNullable<Flow["takeOver"]>>): Promise<void> {
    this.taken.push(given);
  }
  #answer(asked: string): TokenAnswer {
    this.asked.push(asked);
    if (this.fails) throw this.fails;
    const token = `token of ${this.name}`;
    return {
      token,
      expiresOnTimestamp: 0,
      account: recordOf(ADA),
      tenantId: ADA.tenantId,
      grantedScopes: [],
    };
  }
}

let broker: Recorded;
let browser: Recorded;
let events: AuthenticationEvent[];
let opened: number;
beforeEach(() => {
  broker = new Recorded("broker");
  browser = new Recorded("browser");
  events = [];
  opened = 0;
});
const fallback = (more: { readonly browser?: Flow; readonly missing?: Error } = { browser }): FallbackFlow =>
  new FallbackFlow({
    openBroker: async () => {
      opened += 1;
      if (more.missing) throw more.missing;
      return broker;
    },
    browser: more.browser,
    report: (event) => events.push(event),
  });

describe("who answers", () => {
  test("before anything was asked nobody is known, and nothing is opened", async () => {
    const flow = fallback();
    expect([flow.asksBy, flow.sharing, await flow.accountOf(BOB.username)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await flow.takeOver(recordOf(ADA), browser);
    expect([opened, broker.taken, browser.taken]).toEqual([0, [], []]);
  });

  test("is the broker where it is there, for everything", async () => {
    const flow = fallback();
    await flow.prepare();
    expect((await flow.silent(silentRequest())).token).toBe("token of broker");
    expect((await flow.interactive(interactiveRequest())).token).toBe("token of broker");
    await flow.accounts();
    await flow.signOut(recordOf(ADA), { named: true });
    expect(broker.asked).toEqual([
      "silent",
      "interactive",
      "accounts",
      `signOut ${JSON.stringify([recordOf(ADA), { named: true }])}`,
    ]);
    expect([flow.asksBy, flow.sharing]).toEqual([broker.asksBy, broker.sharing]);
    expect(await flow.accountOf(BOB.username)).toEqual(recordOf(BOB));
    expect([opened, browser.asked, events]).toEqual([1, [], []]);
  });

  test("is the browser from then on where it is not, though the broker would be there again", async () => {
    broker.fails = NO_BROKER;
    const flow = fallback();
    expect((await flow.silent(silentRequest())).token).toBe("token of browser");
    broker.fails = undefined;
    expect((await flow.interactive(interactiveRequest())).token).toBe("token of browser");
    expect(broker.asked).toEqual(["silent"]);
    expect([flow.asksBy, flow.sharing]).toEqual([browser.asksBy, browser.sharing]);
    expect(events).toEqual([{ type: "fallback", flow: "broker", to: "browser", reason: "wam_missing" }]);
  });

  test("is told once, though several calls find it out at a time", async () => {
    const flow = fallback({ browser, missing: NO_BROKER });
    await Promise.all([flow.silent(silentRequest()), flow.silent(silentRequest()), flow.accounts()]);
    expect([opened, events.length]).toEqual([1, 1]);
  });

  test("is nobody but the broker where it failed in another way", async () => {
    const error = new AuthenticationError({ code: "network", what: "No way" });
    broker.fails = error;
    expect(await reasonOf(fallback().silent(silentRequest()))).toBe(error);
    expect([browser.asked, events]).toEqual([[], []]);
  });

  test("is looked for anew by each call where nothing takes over", async () => {
    const flow = fallback({ missing: NO_BROKER });
    for (let call = 0; call < 2; call += 1)
      expect(await reasonOf(flow.silent(silentRequest()))).toBe(NO_BROKER);
    expect(opened).toBe(2);
  });
});

test("a sign-in is taken over from the one behind another flow of this kind, or from that itself", async () => {
  const other = fallback();
  await other.prepare();
  const flow = fallback({ browser, missing: NO_BROKER });
  await flow.prepare();
  await flow.takeOver(recordOf(ADA), other);
  await flow.takeOver(recordOf(BOB), broker);
  await flow.takeOver(recordOf(BOB), fallback());
  expect(browser.taken.map(([account]) => account)).toEqual([recordOf(ADA), recordOf(BOB), recordOf(BOB)]);
  expect(browser.taken.slice(0, 2).map(([, from]) => from)).toEqual([broker, broker]);
  expect(browser.taken[2]?.[1]).toBeInstanceOf(FallbackFlow);
});

test("a flow without names and without sign-ins to take over has none", async () => {
  const plain: Flow = {
    name: "plain",
    silent: () => broker.silent(),
    interactive: () => broker.interactive(),
    accounts: async () => [],
    signOut: async () => {},
  };
  const flow = fallback({ browser: plain, missing: NO_BROKER });
  await flow.prepare();
  expect(await flow.accountOf(BOB.username)).toBeUndefined();
  await expect(flow.takeOver(recordOf(ADA), broker)).resolves.toBeUndefined();
});

describe("a flow that shows nothing", () => {
  test("does everything else as the one behind it", async () => {
    const flow = new SilentOnlyFlow(broker);
    expect(flow.name).toBe("broker");
    expect((await flow.silent(silentRequest())).token).toBe("token of broker");
    expect(await flow.accounts()).toEqual([recordOf(ADA)]);
    await flow.signOut(recordOf(BOB));
    expect(broker.asked).toEqual(["silent", "accounts", `signOut ${JSON.stringify([recordOf(BOB)])}`]);
  });

  test("says which option forbids to ask, and what was asked for", async () => {
    const error = await reasonOf(
      new SilentOnlyFlow(broker).interactive(interactiveRequest({ claims: "{}" })),
    );
    expect(error).toMatchObject({
      name: "AuthenticationRequiredError",
      detail: "interaction_disabled",
      message: expect.stringContaining('"disableInteractiveFallback"'),
      scopes: silentRequest().scopes,
      claims: "{}",
      correlationId: silentRequest().correlationId,
    });
    expect(broker.asked).toEqual([]);
  });
});
