import {
  InteractiveBrowserCredential,
  useIdentityPlugin,
  type InteractiveBrowserCredentialNodeOptions,
} from "@azure/identity";
import { beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { createNativeBrokerPlugin, nativeBrokerPlugin } from "../src/index.ts";
import { ADA, BOB, CLIENT_ID, CONTOSO, recordOf, webAccountOf } from "./fake-account.ts";
import { FakeWam, refused, type Outcome } from "./fake-wam.ts";
import { ARM, reasonOf } from "./flow-on-fake.ts";

const WINDOW = Buffer.from("a1b2c30000000000", "hex");

let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
});

type BrokerOptions = Partial<
  Extract<InteractiveBrowserCredentialNodeOptions["brokerOptions"], { enabled: true }>
>;

function credentialWith(
  options: InteractiveBrowserCredentialNodeOptions = {},
  brokerOptions: BrokerOptions = {},
): InteractiveBrowserCredential {
  useIdentityPlugin(createNativeBrokerPlugin({ transport: fake, clientCapabilities: ["cp1"] }));
  return new InteractiveBrowserCredential({
    clientId: CLIENT_ID,
    tenantId: CONTOSO,
    ...options,
    brokerOptions: { enabled: true, parentWindowHandle: WINDOW, ...brokerOptions },
  });
}

test("the plugin is one of @azure/identity", () => {
  expectTypeOf(nativeBrokerPlugin).toEqualTypeOf<Parameters<typeof useIdentityPlugin>[0]>();
});

describe("InteractiveBrowserCredential of @azure/identity with the plugin", () => {
  test("signs in through WAM, then goes on silently as the same account", async () => {
    fake.windowsAccount = BOB;
    const credential = credentialWith();
    const first = await credential.getToken(ARM);
    expect(first.token).toContain("-ada-");
    const second = await credential.getToken("https://storage.azure.com/.default", { enableCae: true });
    expect(second.token).toContain("-ada-");
    expect(fake.requests.map(({ mode }) => mode)).toEqual(["window", "silent"]);
    expect(fake.requests[0]).toMatchObject({
      windowHandle: WINDOW,
      properties: { prompt: "select_account", claims: '{"access_token":{"xms_cc":{"values":["cp1"]}}}' },
    });
  });

  test("uses Windows's own account when asked to, and shows the picker when that fails", async () => {
    fake.windowsAccount = BOB;
    expect((await credentialWith({}, { useDefaultBrokerAccount: true }).getToken(ARM)).token).toContain(
      "-bob-",
    );
    expect(fake.count("request", "window")).toBe(0);
    fake.needPerson.add(BOB);
    await credentialWith({}, { useDefaultBrokerAccount: true }).getToken(ARM);
    expect(fake.count("request", "window")).toBe(1);
  });

  test("after a restart serves the recorded account, not Windows's own", async () => {
    fake.windowsAccount = BOB;
    fake.known.push(ADA);
    const credential = credentialWith({ authenticationRecord: recordOf(ADA) });
    expect((await credential.getToken(ARM)).token).toContain("-ada-");
    expect(fake.requests).toMatchObject([{ mode: "silent", webAccountId: webAccountOf(ADA).id }]);
  });

  test("after a restart asks when Windows does not know the recorded account", async () => {
    fake.windowsAccount = BOB;
    const credential = credentialWith({ authenticationRecord: recordOf(ADA) });
    await credential.getToken(ARM);
    expect(fake.requests.map(({ mode }) => mode)).toEqual(["window"]);
  });

  test("lets equal calls of the one recorded person share an answer", async () => {
    fake.known.push(ADA);
    const credential = credentialWith({ authenticationRecord: recordOf(ADA) });
    // From here on the credential has its application, and still an account without a nativeAccountId.
    fake.script("request", refused(5, 0xcaa82ee7));
    await reasonOf(credential.getToken(ARM));
    const tokens = await Promise.all([
      credential.getToken(ARM),
      credential.getToken(ARM),
      credential.getToken(ARM),
    ]);
    expect(tokens.every(({ token }) => token.includes("-ada-"))).toBe(true);
    expect(fake.requests.map(({ mode }) => mode)).toEqual(["silent", "silent"]);
  });

  test.each<[string, Outcome]>([
    ["a broken network", refused(5, 0xcaa82ee7)],
    ["a busy server", refused(5, 0xcaa20005)],
    ["something unknown", refused(5, 0xdeadbeef)],
    ["junk", { junk: null }],
  ])("shows no prompt for %s in a silent call", async (_, outcome) => {
    fake.known.push(ADA);
    const credential = credentialWith({ authenticationRecord: recordOf(ADA) });
    fake.script("request", outcome);
    const error = await reasonOf(credential.getToken(ARM));
    expect(error.name).toBe("NativeAuthError");
    expect(fake.count("request", "window")).toBe(0);
  });

  test("tells a person's no from a demand to sign in", async () => {
    fake.move = "cancel";
    expect(await reasonOf(credentialWith().getToken(ARM))).toMatchObject({
      name: "NativeAuthError",
      errorCode: "user_canceled",
    });
  });

  describe("three credentials at once", () => {
    const STORAGE = "https://storage.azure.com/.default";
    const getTokens = (credentials: readonly InteractiveBrowserCredential[]) =>
      Promise.all(
        credentials.map((credential, index) =>
          credential.getToken(index === 1 ? STORAGE : ARM).catch((e) => e),
        ),
      );

    test("show one dialog, whose person serves all", async () => {
      const tokens = await getTokens([credentialWith(), credentialWith(), credentialWith()]);
      expect(tokens.map(({ token }) => token.includes("-ada-"))).toEqual([true, true, true]);
      expect(fake.requests.map(({ mode }) => mode).toSorted()).toEqual(["silent", "silent", "window"]);
    });

    test("show one dialog, whose person says no to all", async () => {
      fake.move = "cancel";
      const errors = await getTokens([credentialWith(), credentialWith(), credentialWith()]);
      expect(errors.map(({ errorCode }) => errorCode)).toEqual(Array(3).fill("user_canceled"));
      expect(fake.count("request", "window")).toBe(1);
    });

    test("ask for themselves, where the first one's dialog fails for itself", async () => {
      fake.script("request", refused(5, 0xcaa2000b));
      const outcomes = await getTokens([credentialWith(), credentialWith(), credentialWith()]);
      expect(outcomes.filter((outcome) => outcome instanceof Error)).toHaveLength(1);
      expect(fake.count("request", "window")).toBe(2);
    });

    test("of different tenants ask different things", async () => {
      await getTokens([credentialWith(), credentialWith({ tenantId: "organizations" })]);
      expect(fake.count("request", "window")).toBe(2);
    });
  });

  test("refuses proof of possession instead of giving a bearer token", async () => {
    const error = await reasonOf(
      credentialWith().getToken(ARM, {
        proofOfPossessionOptions: {
          nonce: "n",
          resourceRequestMethod: "GET",
          resourceRequestUrl: "https://management.azure.com/",
        },
      } as never),
    );
    expect(error["errorCode"]).toBe("unsupported_authentication_scheme");
    expect(fake.calls).toEqual([]);
  });

  test("says to @azure/identity that there is no broker, which it reports at construction", () => {
    fake.probeResult = { ...fake.probeResult, available: false, reason: "session_zero" };
    expect(() => credentialWith()).toThrow(/broker is unavailable/);
  });
});
