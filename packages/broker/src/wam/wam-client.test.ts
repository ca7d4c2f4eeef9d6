import { systemClock, type Clock } from "@entrada/core/flow";
import { virtualClock } from "@entrada/core/testing";
import { WamError, type WindowHandle } from "@entrada/wam";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ADA, CONTOSO, GUEST, SOPHIE, homeIdOf, webAccountOf } from "../../test/fake-account.ts";
import { FakeWam, refused } from "../../test/fake-wam.ts";
import { reasonOf } from "../../test/flow-on-fake.ts";
import { ORDERS_ASK as ask } from "../../test/orders-ask.ts";
import { WamClient, type WamClientOptions } from "./wam-client.ts";

let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
});
const clientWith = (more: Partial<WamClientOptions> = {}): WamClient =>
  new WamClient({
    transport: fake,
    probe: fake.probe(),
    clock: systemClock,
    silentTimeoutInMs: 30_000,
    msaPassthrough: false,
    hasFallback: true,
    ...more,
  });
const windowHandle: WindowHandle = "console";
const sought = { homeAccountId: homeIdOf(ADA), username: ADA.username };
const broken = (): { throws: unknown } => ({ throws: new RangeError("broken") });
const missing = (): { throws: unknown } => ({
  throws: new WamError({ code: "WAM_PROVIDER_NOT_FOUND", step: "FindAllAccountsAsync" }),
});

describe("the list of accounts", () => {
  test("asks a guest's token where their home is, for no scope, and nobody else's", async () => {
    const nameless = { ...webAccountOf(SOPHIE), id: "wam-nameless", properties: {} };
    fake.known.push(GUEST);
    fake.script("listAccounts", {
      result: { status: 0, accounts: [webAccountOf(ADA), webAccountOf(GUEST), nameless] },
    });
    const listed = await clientWith().list({ ...ask, tenantId: CONTOSO });
    expect(listed.map(({ id, home }) => [id, home])).toEqual([
      ["wam-ada", { homeAccountId: homeIdOf(ADA), certain: true }],
      ["wam-grace", { homeAccountId: homeIdOf(GUEST), certain: true }],
      ["wam-nameless", undefined],
    ]);
    expect(fake.requests).toEqual([
      expect.objectContaining({ webAccountId: "wam-grace", scope: "offline_access openid profile" }),
    ]);
    expect(listed[1]).toMatchObject({ kind: "organizations", username: GUEST.username });
  });

  test("leaves a home uncertain that no token tells, but hears an abort", async () => {
    fake.known.push(GUEST);
    fake.script("request", refused(3));
    const listed = await clientWith().list(ask);
    expect(listed).toMatchObject([{ id: "wam-grace", home: { certain: false } }]);

    const controller = new AbortController();
    fake.script("request", { hangs: true });
    const asked = fake.next("request");
    const pending = reasonOf(clientWith().list({ ...ask, signal: controller.signal }));
    await asked;
    controller.abort();
    expect(await pending).toMatchObject({ name: "AbortError" });
  });
});

test("a personal account is signed out of at its own plugin, whatever the tenant", async () => {
  fake.known.push(SOPHIE);
  fake.personalAccountsAreListed = true;
  await clientWith().signOut({ ...ask, tenantId: "common" }, { homeAccountId: homeIdOf(SOPHIE) });
  expect(fake.calls.at(-1)).toMatchObject({
    operation: "signOut",
    details: { providerAuthority: "consumers", webAccountId: webAccountOf(SOPHIE).id },
  });
});

test("the window is the one that Windows finds", () => {
  expect(clientWith().resolveWindowHandle("console")).toEqual(fake.window);
});

describe("before a dialog", () => {
  const toAda = { windowHandle, account: sought };

  test("an account is asked for what is missing, unless it is to sign in anew", async () => {
    fake.known.push(ADA);
    await clientWith().interactive(ask, toAda);
    await clientWith().interactive(ask, { ...toAda, force: true });
    expect(fake.requests.map(({ promptType }) => promptType)).toEqual([0, 1]);
  });

  test("what is not Windows's failure is no reason for the browser", async () => {
    fake.script("listAccounts", broken(), broken());
    const error = await reasonOf(clientWith().interactive(ask, toAda));
    expect(error).toMatchObject({ code: "invalid_response", detail: "broker_invalid_response" });
  });

  test("what is missing in Windows is told as what it is", async () => {
    fake.script("listAccounts", missing(), missing());
    const error = await reasonOf(clientWith().interactive(ask, toAda));
    expect(error).toMatchObject({ code: "broker_unavailable", detail: "provider_unavailable" });
  });

  test("a Windows that hangs is one", async () => {
    const clock = virtualClock();
    fake.script("listAccounts", { hangs: true }, { hangs: true });
    const asked = fake.next("listAccounts");
    const pending = reasonOf(clientWith({ clock }).interactive(ask, toAda));
    await asked;
    await clock.advance(30_000);
    expect(await pending).toMatchObject({
      code: "broker_unavailable",
      detail: "wam_failed",
      cause: { code: "timeout" },
    });
  });
});

describe("a name to begin with", () => {
  beforeEach(() => {
    fake.known.push(SOPHIE);
    fake.personalAccountsAreListed = true;
  });
  const wish = { windowHandle, loginHint: SOPHIE.username };

  test("is not the personal account of that name where the tenant is one of work", async () => {
    fake.script("request", { answersFor: ADA });
    await clientWith().interactive(ask, wish);
    expect(fake.requests[0]).toMatchObject({
      providerAuthority: "https://login.microsoftonline.com/organizations",
      properties: { LoginHint: SOPHIE.username },
    });
    expect(fake.requests[0]).not.toHaveProperty("webAccountId");
  });

  test("is that account where the tenant has both kinds, and where it has its own alone", async () => {
    for (const tenantId of ["common", "consumers"]) {
      await clientWith().interactive({ ...ask, tenantId }, wish);
      expect(fake.requests.at(-1)).toMatchObject({
        providerAuthority: "consumers",
        webAccountId: webAccountOf(SOPHIE).id,
      });
    }
    expect(fake.count("pickProvider")).toBe(0);
  });
});

describe("the pane", () => {
  const common = { ...ask, tenantId: "common" };
  const unseen = { fails: { hresult: 0x80004002, step: "GetForWindow" } };

  test("that fails unseen leads to the browser, where there is one", async () => {
    fake.script("pickProvider", unseen);
    const error = await reasonOf(clientWith().interactive(common, { windowHandle }));
    expect(error).toMatchObject({ code: "broker_unavailable", detail: "wam_failed" });
    expect(fake.count("request")).toBe(0);
  });

  test("that fails unseen is done without where there is none; what follows has seen nothing either", async () => {
    fake.script("pickProvider", unseen);
    fake.script("request", refused(4));
    const onRefused = vi.fn();
    const error = await reasonOf(
      clientWith({ hasFallback: false }).interactive(common, { windowHandle, onRefused }),
    );
    // Should the person's time be over during the dialog, it is known that this was not the first way.
    expect(onRefused.mock.calls).toMatchObject([[{ code: "broker_unavailable", detail: "wam_failed" }]]);
    expect(error).toMatchObject({ code: "broker_unavailable", detail: "provider_unavailable" });
  });

  test("that the person closes is their no, with the time, also where there is no browser", async () => {
    let nowInMs = 5000;
    const clock: Clock = { ...systemClock, monotonic: () => nowInMs };
    fake.pickProvider = async () => {
      nowInMs += 2000;
      return null;
    };
    const error = await reasonOf(
      clientWith({ clock, hasFallback: false }).interactive(common, { windowHandle }),
    );
    expect(error).toMatchObject({
      code: "user_cancelled",
      detail: "dialog_closed",
      message: expect.stringContaining("after 2 s"),
    });
    expect(fake.count("request")).toBe(0);
  });

  test("leaves the answer of the dialog after it as it is", async () => {
    fake.script("request", refused(5, 0xcaa20004, "AADSTS65004: declined"));
    const error = await reasonOf(clientWith().interactive(common, { windowHandle }));
    expect(error).toMatchObject({ code: "access_denied", aadsts: 65004 });
  });
});
