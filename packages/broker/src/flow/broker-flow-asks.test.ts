import { systemClock, type Flow } from "@entrada/core/flow";
import { beforeEach, describe, expect, test } from "vitest";
import {
  ADA,
  CLIENT_ID,
  CONTOSO,
  FABRIKAM,
  homeIdOf,
  recordOf,
  webAccountOf,
} from "../../test/fake-account.ts";
import { FakeWam } from "../../test/fake-wam.ts";
import { flowOnFake, interactiveRequest, reasonOf, silentRequest } from "../../test/flow-on-fake.ts";
import type { BrokerClient } from "../contract/broker-client.ts";
import { WamClient } from "../wam/wam-client.ts";
import { BrokerFlow } from "./broker-flow.ts";

let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
  fake.known.push(ADA);
});

/** A flow whose client notes what it is asked. */
function noted(replaced: Partial<BrokerClient> = {}): { flow: Flow; asked: Record<string, unknown[][]> } {
  const asked: Record<string, unknown[][]> = {};
  const client = new WamClient({
    transport: fake,
    probe: fake.probe(),
    clock: systemClock,
    silentTimeoutInMs: 30_000,
    msaPassthrough: false,
    hasFallback: true,
  });
  const noting = new Proxy(client, {
    get:
      (_, name: keyof BrokerClient) =>
      (...given: unknown[]) => {
        (asked[name] ??= []).push(given);
        const method = (replaced[name] ?? client[name].bind(client)) as (...all: unknown[]) => unknown;
        return method(...given);
      },
  });
  const settings = {
    clientId: CLIENT_ID,
    authorityHost: "https://login.microsoftonline.com",
    tenantId: "organizations",
    loginHint: undefined,
    prompt: undefined,
  };
  const flow = new BrokerFlow({
    settings,
    client: noting,
    useDefaultBrokerAccount: false,
    dialogs: { last: Promise.resolve() },
    report: () => {},
  });
  return { flow, asked };
}

describe("signing out", () => {
  test.each<[string, Parameters<Flow["signOut"]>, boolean]>([
    ["of an account that somebody named", [recordOf(ADA)], true],
    ["of one that nobody named", [recordOf(ADA), { named: false }], false],
    ["of one, named on purpose", [recordOf(ADA), { named: true }], true],
    ["of all", [], false],
    ["of all, each of them meant", [undefined, { named: true }], true],
  ])("%s tells the broker so", async (_, given, named) => {
    const { flow, asked } = noted();
    await flow.signOut(...given);
    expect(asked["signOut"]).toEqual([
      [
        expect.objectContaining({ tenantId: CONTOSO, scopes: [] }),
        expect.objectContaining({ homeAccountId: homeIdOf(ADA) }),
        named,
      ],
    ]);
  });
});

test("a list of accounts is asked for in the credential's tenant, for no scope and with no claims", async () => {
  const { flow, asked } = noted();
  await flow.accounts();
  expect(asked["list"]?.[0]?.[0]).toMatchObject({
    clientId: CLIENT_ID,
    tenantId: "organizations",
    scopes: [],
    claims: undefined,
  });
});

test("a failure that only looks like a time that is over is handed on, also to who asks for a sign-in", async () => {
  const failure = Object.assign(new Error("of the transport"), { code: "timeout" });
  const { flow } = noted({ silentFor: () => Promise.reject(failure) });
  const request = silentRequest({ account: recordOf(ADA), explicit: true });
  expect(await reasonOf(flow.silent(request))).toBe(failure);
});

describe("a prompt that the caller asks for", () => {
  test.each([
    ["login", 1],
    ["consent", 0],
  ] as const)("%s is for who is signed in", async (prompt, promptType) => {
    const { flow } = flowOnFake({ fake });
    const { account } = await flow.interactive(interactiveRequest());
    await flow.interactive(interactiveRequest({ prompt, loginHint: account.username }));
    expect(fake.requests.at(-1)).toMatchObject({ promptType, webAccountId: webAccountOf(ADA).id });
  });
});

describe("an abort before the dialog", () => {
  test("comes before everything else that could be wrong", async () => {
    const { flow } = flowOnFake({ fake, tenantId: "adfs" });
    const signal = AbortSignal.abort(new Error("gone"));
    expect(await reasonOf(flow.interactive(interactiveRequest({ tenantId: "adfs", signal })))).toMatchObject({
      name: "AbortError",
    });
  });

  test("while the application looks for its window: no prompt is told, and nothing is asked", async () => {
    const controller = new AbortController();
    const told: string[] = [];
    const parentWindowHandle = (): bigint => {
      controller.abort(new Error("gone"));
      return 1n;
    };
    const { flow } = flowOnFake({ fake, parentWindowHandle });
    const report = ({ type }: { readonly type: string }): void => void told.push(type);
    const request = interactiveRequest({ tenantId: FABRIKAM, signal: controller.signal, report });
    expect(await reasonOf(flow.interactive(request))).toMatchObject({ name: "AbortError" });
    await new Promise((resolve) => setImmediate(resolve));
    expect([told, fake.calls]).toEqual([[], []]);
  });
});
