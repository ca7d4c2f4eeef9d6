import { beforeEach, describe, expect, test } from "vitest";
import { ADA, BOB, CLIENT_ID, CONTOSO, homeIdOf } from "../../test/fake-account.ts";
import { FakeWam } from "../../test/fake-wam.ts";
import { reasonOf } from "../../test/flow-on-fake.ts";
import type { NativeRequest } from "./native-broker-plugin.ts";
import { WamBrokerPlugin } from "./wam-broker-plugin.ts";

let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
});
const request = (more: Partial<NativeRequest> = {}): NativeRequest => ({
  clientId: CLIENT_ID,
  authority: `https://login.microsoftonline.com/${CONTOSO}`,
  correlationId: "11111111-2222-4333-8444-555555555555",
  redirectUri: "",
  scopes: ["api://orders/Orders.Read"],
  ...more,
});

describe("a request that names no account", () => {
  test("is not answered for whoever Windows is signed in as", async () => {
    fake.windowsAccount = BOB;
    const plugin = new WamBrokerPlugin({ transport: fake });
    expect(await reasonOf(plugin.acquireTokenSilent(request()))).toMatchObject({
      name: "InteractionRequiredAuthError",
      subError: "no_account",
    });
    expect(fake.count("request")).toBe(0);
  });
});

describe("getAccountById", () => {
  test("describes an account by the id of an earlier result", async () => {
    const plugin = new WamBrokerPlugin({ transport: fake });
    const { account } = await plugin.acquireTokenInteractive(request({ prompt: "login" }));
    const found = await plugin.getAccountById(account?.nativeAccountId ?? "", "c");
    expect(found).toMatchObject({ homeAccountId: homeIdOf(ADA), username: ADA.username });
    expect(found.nativeAccountId).toBe(account?.nativeAccountId);
  });

  test.each(["", "wam1.e30", "3d1c0f6e-52a7-4b8e-9f20-71c6d5e8a9b4"])("has none for %j", async (id) => {
    const plugin = new WamBrokerPlugin({ transport: fake });
    expect(await reasonOf(plugin.getAccountById(id, "c"))).toMatchObject({ errorCode: "no_account_found" });
  });

  test("has none for an account that Windows has forgotten", async () => {
    const plugin = new WamBrokerPlugin({ transport: fake });
    const { account } = await plugin.acquireTokenInteractive(request({ prompt: "login" }));
    fake.known.length = 0;
    const lost = plugin.getAccountById(account?.nativeAccountId ?? "", "c");
    expect(await reasonOf(lost)).toMatchObject({ errorCode: "no_account_found" });
  });
});

describe("one plugin for several applications", () => {
  test("keeps their sign-outs apart", async () => {
    fake.known.push(ADA);
    const plugin = new WamBrokerPlugin({ transport: fake });
    const [account] = await plugin.getAllAccounts(CLIENT_ID, "c");
    const accountId = account?.nativeAccountId ?? "";
    await plugin.signOut({ clientId: CLIENT_ID, accountId, correlationId: "c" });
    fake.known.push(ADA);
    expect(await plugin.getAllAccounts(CLIENT_ID, "c")).toEqual([]);
    expect(await plugin.getAllAccounts("another", "c")).toHaveLength(1);
    await plugin.acquireTokenSilent(request({ clientId: "another", accountId }));
  });
});

test("an authority that WAM does not serve is not sent there", async () => {
  const plugin = new WamBrokerPlugin({ transport: fake });
  for (const authority of [
    "https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin",
    "https://login.microsoftonline.com/contoso.onmicrosoft.com/b2c_1_signin",
    "https://fs.contoso.example/adfs",
    "http://login.microsoftonline.com/common",
    "garbage",
    "",
  ]) {
    expect(await reasonOf(plugin.acquireTokenInteractive(request({ authority })))).toMatchObject({
      errorCode: "platform_broker_error",
      subError: "authority_unsupported",
    });
  }
  expect(fake.calls).toEqual([]);
});

test("a broker that is missing is an error of every method, never a crash", async () => {
  fake.probeResult = { ...fake.probeResult, available: false, reason: "os_too_old" };
  const plugin = new WamBrokerPlugin({ transport: fake });
  plugin.setLogger({});
  for (const call of [
    plugin.acquireTokenSilent(request({ accountId: homeIdOf(ADA) })),
    plugin.acquireTokenInteractive(request()),
    plugin.getAllAccounts(CLIENT_ID, "c"),
    plugin.signOut({ clientId: CLIENT_ID, accountId: homeIdOf(ADA), correlationId: "c" }),
  ]) {
    expect(await reasonOf(call)).toMatchObject({
      errorCode: "platform_broker_error",
      subError: "os_too_old",
    });
  }
});

test("nothing is loaded by the constructor, and Windows is asked once", () => {
  let probes = 0;
  const probe = fake.probe.bind(fake);
  fake.probe = () => {
    probes += 1;
    return probe();
  };
  const plugin = new WamBrokerPlugin({ transport: fake });
  expect(probes).toBe(0);
  expect([plugin.isBrokerAvailable, plugin.isBrokerAvailable, probes]).toEqual([true, true, 1]);
});

test.each([
  ["clientCapabilities", { clientCapabilities: "cp1" }],
  ["parentWindowHandle", { parentWindowHandle: new Uint8Array(3) }],
  ["silentTimeoutInMs", { silentTimeoutInMs: 0 }],
  ["transport", { transport: 5 }],
  ["transport", { transport: null }],
  ["transport", { transport: {} }],
  ["options", null],
  ["options", "x"],
])("the option %s is checked by the constructor", (option, options) => {
  expect(() => new WamBrokerPlugin(options as never)).toThrow(
    expect.objectContaining({
      name: "TypeError",
      code: expect.stringMatching(/^ERR_INVALID_ARG_/),
      message: expect.stringContaining(option),
    }),
  );
});
