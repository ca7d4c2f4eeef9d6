import { virtualClock } from "@entrada/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { ADA, CLIENT_ID, SOPHIE, recordOf, responseOf } from "../../test/fake-account.ts";
import { FakeWam } from "../../test/fake-wam.ts";
import { ARM, flowOnFake, interactiveRequest, reasonOf, silentRequest } from "../../test/flow-on-fake.ts";
import { NOW } from "../../test/orders-ask.ts";

let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
  fake.known.push(ADA);
});

describe("a token that expires", () => {
  const answerFor = (lifeInMs: number) => {
    const grant = { account: ADA, clientId: CLIENT_ID, scope: ARM, tenantId: ADA.tenantId, serial: 1 };
    return { result: { status: 0, responses: [responseOf({ ...grant, now: NOW - 3_600_000 + lifeInMs })] } };
  };
  test.each([
    [0, 2],
    [-1000, 2],
    [1000, 1],
  ])("in %i ms is asked for %i times", async (lifeInMs, times) => {
    const { flow } = flowOnFake({ fake, clock: virtualClock(NOW) });
    fake.script("request", answerFor(lifeInMs));
    await flow.silent(silentRequest({ account: recordOf(ADA) }));
    expect(fake.count("request")).toBe(times);
  });

  test("is asked for again, also where it grants less than was asked for", async () => {
    const { flow } = flowOnFake({ fake, clock: virtualClock(NOW) });
    fake.script("request", answerFor(-1000));
    const scopes = [ARM, "api://orders/Orders.Read"];
    await flow.silent(silentRequest({ account: recordOf(ADA), scopes }));
    expect(fake.count("request")).toBe(2);
  });

  test("at no known time is used, and not asked for again", async () => {
    const { flow } = flowOnFake({ fake, clock: virtualClock(NOW) });
    const { properties, ...response } = responseOf({
      account: ADA,
      clientId: CLIENT_ID,
      scope: ARM,
      tenantId: ADA.tenantId,
      serial: 1,
      now: NOW,
    });
    const { TokenExpiresOn: _, ...untimed } = properties;
    fake.script("request", { result: { status: 0, responses: [{ ...response, properties: untimed }] } });
    await flow.silent(silentRequest({ account: recordOf(ADA) }));
    expect(fake.count("request")).toBe(1);
  });
});

test("a dialog for nobody names no account, and the renewal of what it gave asks for whom it gave", async () => {
  const { flow } = flowOnFake({ fake, clock: virtualClock(NOW) });
  const grant = { account: ADA, clientId: CLIENT_ID, scope: ARM, tenantId: ADA.tenantId, serial: 1 };
  const old = responseOf({ ...grant, now: NOW - 7_200_000 });
  fake.script("request", { result: { status: 0, responses: [old] } });
  await flow.interactive(interactiveRequest());
  const [dialog, renewal] = fake.requests;
  expect(dialog).not.toHaveProperty("webAccountId");
  expect(renewal).toMatchObject({ mode: "silent", invalidateFirst: true, webAccountId: old.account?.id });
});

describe("passthrough", () => {
  const options = { legacyEnableMsaPassthrough: true, useDefaultBrokerAccount: true };

  test("is nothing for a tenant that is of personal accounts alone: they are asked for there", async () => {
    fake.windowsAccount = SOPHIE;
    const { flow } = flowOnFake({ fake, ...options });
    const { account } = await flow.silent(silentRequest({ tenantId: "consumers" }));
    expect(account.username).toBe(SOPHIE.username);
    expect(fake.requests.map(({ providerAuthority }) => providerAuthority)).toEqual(["consumers"]);
  });

  test("without a transfer token ends before the second request", async () => {
    fake.windowsAccount = SOPHIE;
    const { flow } = flowOnFake({ fake, ...options });
    fake.script("request", { result: { status: 0, responses: [{ token: "scope=x", properties: {} }] } });
    expect(await reasonOf(flow.silent(silentRequest()))).toMatchObject({
      code: "authentication_required",
      cause: { detail: "broker_invalid_response", message: expect.stringContaining("the transfer token") },
    });
    expect(fake.count("request")).toBe(1);
  });

  test("takes no claims to the personal plugin, and all of them to Entra", async () => {
    fake.windowsAccount = SOPHIE;
    fake.script(
      "request",
      { result: { status: 0, responses: [{ token: "code=c", properties: {} }] } },
      { answersFor: ADA },
    );
    const { flow } = flowOnFake({ fake, ...options });
    const claims = '{"access_token":{"nbf":null}}';
    await flow.silent(silentRequest({ claims }));
    const [transfer, redemption] = fake.requests.map(({ properties }) => properties);
    expect(transfer).not.toHaveProperty("claims");
    expect(redemption).toMatchObject({ claims, SamlAssertion: "c", SamlAssertionType: "SAMLV1" });
  });
});
