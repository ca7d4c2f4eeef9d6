// The rows W1 to W13 of the list of faults that Entrada survives. W12 and W13 concern the native module and are
// proved with it; W12 is held in end-of-process.test.ts as far as TypeScript goes.
import { virtualClock } from "@entrada/core/testing";
import { loadWamTransport } from "@entrada/wam";
import { beforeEach, describe, expect, test } from "vitest";
import { expectWithin } from "../../../tools/measure/expect-within.ts";
import { findBroker } from "../src/availability/find-broker.ts";
import { InteractiveBrowserBrokerCredential } from "../src/index.ts";
import {
  CLIENT_ID,
  ADA,
  BOB,
  CONTOSO,
  GUEST,
  SOPHIE,
  recordOf,
  responseOf,
  webAccountOf,
} from "./fake-account.ts";
import { FakeWam, refused, type Operation } from "./fake-wam.ts";
import { ARM, flowOnFake, interactiveRequest, reasonOf, silentRequest } from "./flow-on-fake.ts";

let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
});
const RESPONSE = { code: "invalid_response", detail: "broker_invalid_response" };

describe("W1: the native module is missing, of the wrong kind, or blocked", () => {
  const missing = Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" });
  test.each([
    ["addon_missing", missing],
    ["addon_unloadable", new Error("not a valid Win32 application")],
    ["addon_unloadable", new Error("blocked by group policy")],
  ])("%s: a reason, not a crash", (reason, cause) => {
    const load = () =>
      loadWamTransport({
        platform: "win32",
        architecture: "x64",
        load: () => {
          throw cause;
        },
      });
    const search = findBroker(undefined, { platform: "win32", env: {}, release: "10.0.22631", load });
    expect(search).toMatchObject({ found: false, detail: reason, cause });
  });
});

test("W3: a closed dialog is the person's no, and nothing else is shown", async () => {
  fake.move = "cancel";
  const error = await reasonOf(flowOnFake({ fake }).flow.interactive(interactiveRequest()));
  expect(error).toMatchObject({ name: "AuthenticationError", code: "user_cancelled", retryable: false });
});

test("W4: a policy's refusal carries WAM's status and number", async () => {
  fake.script("request", refused(5, 0xcaa20004, "AADSTS53003: Access has been blocked."));
  const error = await reasonOf(flowOnFake({ fake }).flow.interactive(interactiveRequest()));
  expect(error).toMatchObject({ code: "conditional_access", aadsts: 53003 });
  expect(error.message).toContain("status 5, 0xCAA20004 = 3399614468");
});

test("W5: a network fault is one, worth another try, and no prompt follows from it", async () => {
  fake.known.push(ADA);
  fake.script("request", refused(5, 0xcaa82ee7));
  const { engine } = flowOnFake({ fake, authenticationRecord: recordOf(ADA) });
  expect(await reasonOf(engine.getToken(ARM))).toMatchObject({ code: "network", retryable: true });
  expect(fake.count("request", "window")).toBe(0);
});

describe("W6: the broker hangs", () => {
  test("an abort reaches the caller within 100 ms, in every phase, and WAM is told to stop", async () => {
    fake.known.push(ADA);
    const account = recordOf(ADA);
    const phases = [
      [
        "listAccounts",
        (f: ReturnType<typeof flowOnFake>, signal: AbortSignal) =>
          f.flow.silent(silentRequest({ account, signal })),
      ],
      [
        "request",
        (f: ReturnType<typeof flowOnFake>, signal: AbortSignal) =>
          f.flow.silent(silentRequest({ account, signal })),
      ],
      [
        "request",
        (f: ReturnType<typeof flowOnFake>, signal: AbortSignal) =>
          f.flow.interactive(interactiveRequest({ signal })),
      ],
      [
        "pickProvider",
        (f: ReturnType<typeof flowOnFake>, signal: AbortSignal) =>
          f.flow.interactive(interactiveRequest({ tenantId: "common", signal })),
      ],
    ] as const;
    for (const [operation, start] of phases) {
      await expectWithin(100, async () => {
        fake.script(operation, { hangs: true });
        const controller = new AbortController();
        const asked = fake.next(operation);
        const pending = reasonOf(start(flowOnFake({ fake }), controller.signal));
        await asked;
        const before = performance.now();
        controller.abort(new Error("enough"));
        expect(await pending).toMatchObject({ name: "AbortError", cause: { message: "enough" } });
        const took = performance.now() - before;
        expect(fake.cancelled.length).toBeGreaterThan(0);
        return took;
      });
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(fake.pending).toBe(0);
  });

  test("an abort is heard while the application looks for its window, and the next dialog comes", async () => {
    const dialogs = { last: Promise.resolve() };
    let asked = (): void => undefined;
    const looking = new Promise<void>((resolve) => (asked = resolve));
    const hung = flowOnFake({
      fake,
      dialogs,
      parentWindowHandle: () => {
        asked();
        return new Promise(() => {});
      },
    });
    const controller = new AbortController();
    const pending = reasonOf(hung.flow.interactive(interactiveRequest({ signal: controller.signal })));
    const next = flowOnFake({ fake, dialogs }).flow.interactive(interactiveRequest());
    await looking;
    controller.abort(new Error("enough"));
    expect(await pending).toMatchObject({ name: "AbortError", cause: { message: "enough" } });
    expect((await next).account.username).toBe(ADA.username);
  });

  test("a caller does not wait for a WAM that does not even hear the cancel", async () => {
    fake.cancel = () => {
      throw new Error("not now");
    };
    fake.move = "ignore";
    const controller = new AbortController();
    const asked = fake.next("request");
    const pending = reasonOf(
      flowOnFake({ fake }).flow.interactive(interactiveRequest({ signal: controller.signal })),
    );
    await asked;
    controller.abort();
    expect(await pending).toMatchObject({ name: "AbortError" });
  });

  test("the person has 300 s, then WAM is told to stop", async () => {
    const clock = virtualClock();
    fake.move = "ignore";
    const { engine } = flowOnFake({ fake, clock });
    const asked = fake.next("request", "window");
    const pending = reasonOf(engine.getToken(ARM));
    await asked;
    await clock.advance(299_000);
    expect(fake.pending).toBe(1);
    await clock.advance(1000);
    expect(await pending).toMatchObject({ code: "timeout", detail: "interactive_timeout" });
    expect([fake.cancelled.length, fake.pending, clock.pending]).toEqual([1, 0, 0]);
  });

  test("an abort listener is left on no signal", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(signal, args);
    };
    const { flow } = flowOnFake({ fake });
    const { account } = await flow.interactive(interactiveRequest({ signal }));
    for (let i = 0; i < 50; i += 1) await flow.silent(silentRequest({ account, signal }));
    expect(listeners).toBe(0);
  });
});

test("W7: without a parent window the console's is used; see parent-window.test.ts for wrong and dead ones", async () => {
  await flowOnFake({ fake }).flow.interactive(interactiveRequest());
  expect(fake.requests[0]?.windowHandle).toBe("console");
});

describe("W8: several dialogs at once", () => {
  test("are shown one after the other, also for different credentials", async () => {
    const credentials = Array.from(
      { length: 5 },
      // Of five applications: those of one would share the answer to one dialog.
      (_, index) =>
        new InteractiveBrowserBrokerCredential({
          transport: fake,
          clientId: CLIENT_ID.replace(/.$/, `${index}`),
        }),
    );
    await Promise.all(credentials.map((credential) => credential.getToken(ARM)));
    expect([fake.count("request", "window"), fake.mostDialogs]).toEqual([5, 1]);
  });

  test("do not hold up what is silent", async () => {
    fake.move = "ignore";
    fake.known.push(BOB);
    const controller = new AbortController();
    const shown = fake.next("request", "window");
    const waiting = new InteractiveBrowserBrokerCredential({ transport: fake }).getToken(ARM, {
      abortSignal: controller.signal,
    });
    await shown;
    const other = new InteractiveBrowserBrokerCredential({
      transport: fake,
      authenticationRecord: recordOf(BOB),
    });
    expect((await other.getToken(ARM)).token).toContain("bob");
    controller.abort();
    expect(await reasonOf(waiting)).toMatchObject({ name: "AbortError" });
  });
});

describe("W9: a token of somebody or somewhere else", () => {
  test("is dropped when the tenant is another one", async () => {
    fake.known.push(ADA);
    const foreign = responseOf({
      account: ADA,
      clientId: "x",
      scope: ARM,
      tenantId: GUEST.tenantId,
      serial: 1,
      now: Date.now(),
    });
    const { wamcompat_id_token: _, ...properties } = foreign.properties;
    const account = { ...webAccountOf(ADA), properties: { TenantId: GUEST.tenantId } };
    fake.script("request", { result: { status: 0, responses: [{ ...foreign, properties, account }] } });
    const error = await reasonOf(
      flowOnFake({ fake }).flow.silent(silentRequest({ account: recordOf(ADA), tenantId: CONTOSO })),
    );
    expect(error).toMatchObject({ code: "account_mismatch", detail: "tenant_mismatch" });
  });

  test("is dropped when the account is another one", async () => {
    fake.known.push(ADA);
    for (const other of [BOB, GUEST]) {
      fake.script("request", { answersFor: other });
      const error = await reasonOf(
        flowOnFake({ fake }).flow.silent(silentRequest({ account: recordOf(ADA) })),
      );
      expect(error).toMatchObject({ code: "account_mismatch" });
    }
  });

  test("is dropped when nobody was asked, whatever WAM calls it: only a person can switch accounts", async () => {
    fake.known.push(ADA);
    fake.script("request", { answersFor: BOB, status: 2 });
    const { flow } = flowOnFake({ fake });
    const error = await reasonOf(flow.silent(silentRequest({ account: recordOf(ADA) })));
    expect(error).toMatchObject({ code: "account_mismatch" });
    expect((await flow.accounts()).map(({ username }) => username)).toEqual([ADA.username]);
  });

  test("is accepted of a guest in the tenant that invited them", async () => {
    fake.known.push(GUEST);
    const request = silentRequest({ account: recordOf(GUEST), tenantId: CONTOSO });
    expect(await flowOnFake({ fake }).flow.silent(request)).toMatchObject({ tenantId: CONTOSO });
  });
});

describe("W10: the native module throws, returns junk, or answers late", () => {
  const JUNK: readonly unknown[] = [
    undefined,
    null,
    0,
    "token",
    [],
    {},
    { status: "0", responses: [] },
    { status: 0 },
    { status: 0, responses: [] },
    { status: 0, responses: [null] },
    { status: 0, responses: [{ token: 7, properties: {} }] },
    { status: 0, responses: [{ token: "t", properties: { wamcompat_client_info: 1 } }] },
    { status: 0, responses: [{ token: "t", properties: null }] },
    { status: 0, responses: [{ token: "t", properties: {}, account: { id: "" } }] },
    { status: 5, responses: [], error: "no" },
    { status: 5, responses: [], error: { errorCode: "0x80004005", errorMessage: "" } },
  ];
  test.each(JUNK.map((junk) => [junk]))("%j is refused with a typed error", async (junk) => {
    fake.known.push(ADA);
    fake.script("request", { junk }, { junk });
    const { flow } = flowOnFake({ fake });
    expect(await reasonOf(flow.silent(silentRequest({ account: recordOf(ADA) })))).toMatchObject(RESPONSE);
    expect(await reasonOf(flow.interactive(interactiveRequest()))).toMatchObject(RESPONSE);
  });

  test.each([[undefined], [{ accounts: {} }], [{ status: 0, accounts: [{ id: 1 }] }]])(
    "a list like %j is refused",
    async (junk) => {
      fake.script("listAccounts", { junk }, { junk }, { junk });
      expect(await reasonOf(flowOnFake({ fake }).flow.accounts())).toMatchObject(RESPONSE);
    },
  );

  describe.each([
    [
      "throws",
      () => {
        throw new RangeError("broken");
      },
    ],
    ["rejects", () => Promise.reject(new RangeError("broken"))],
  ] as const)(
    "a call that %s with an error of its own is a typed error with that as its cause",
    (_, fails) => {
      const account = recordOf(ADA);
      type Use = (f: ReturnType<typeof flowOnFake>) => Promise<unknown>;
      test.each<[Operation, string, Use]>([
        ["request", "getToken", ({ engine }) => engine.getToken(ARM)],
        ["request", "authenticate", ({ flow }) => flow.interactive(interactiveRequest())],
        ["listAccounts", "getToken", ({ engine }) => engine.getToken(ARM)],
        ["listAccounts", "accounts", ({ flow }) => flow.accounts()],
        ["listAccounts", "signOut", ({ flow }) => flow.signOut(account)],
        [
          "pickProvider",
          "authenticate",
          ({ flow }) => flow.interactive(interactiveRequest({ tenantId: "common" })),
        ],
        ["signOut", "signOut", ({ flow }) => flow.signOut(account)],
      ])("%s, in %s", async (operation, _use, use) => {
        fake.known.push(ADA);
        fake[operation] = fails;
        const error = await reasonOf(use(flowOnFake({ fake, authenticationRecord: account })));
        expect(error).toMatchObject({ ...RESPONSE, name: "AuthenticationError" });
        expect(error.cause).toEqual(new RangeError("broken"));
      });

      test("findAccount, for an account that was met before", async () => {
        const { flow } = flowOnFake({ fake });
        const { account } = await flow.interactive(interactiveRequest());
        fake.findAccount = fails;
        expect(await reasonOf(flow.silent(silentRequest({ account })))).toMatchObject(RESPONSE);
      });

      test("defaultAccountKind, and no picker follows from it", async () => {
        fake.defaultAccountKind = fails;
        const { engine } = flowOnFake({ fake, useDefaultBrokerAccount: true, tenantId: "common" });
        expect(await reasonOf(engine.getToken(ARM))).toMatchObject(RESPONSE);
        expect(fake.count("request")).toBe(0);
      });
    },
  );

  test.each([
    ["an abort", Object.assign(new Error("stop"), { name: "AbortError" })],
    ["a wrong argument", Object.assign(new TypeError("scope"), { code: "ERR_INVALID_ARG_TYPE" })],
  ])("%s is the caller's to see as it is, and breaks nothing", async (_, thrown) => {
    fake.known.push(ADA);
    const { flow } = flowOnFake({ fake });
    fake.script("request", { throws: thrown });
    expect(await reasonOf(flow.silent(silentRequest({ account: recordOf(ADA) })))).toBe(thrown);
    await flow.silent(silentRequest({ account: recordOf(ADA) }));
  });

  test.each([[undefined], [null], [{}], [{ available: true }], ["yes"]])(
    "a probe like %j is no broker",
    (junk) => {
      fake.probe = () => junk as never;
      const search = findBroker(fake, {
        platform: "win32",
        env: {},
        release: "",
        load: () => {
          throw new Error();
        },
      });
      expect(search).toMatchObject({ found: false, detail: "addon_unloadable", cause: RESPONSE });
    },
  );

  test("an answer after the abort is dropped", async () => {
    fake.known.push(ADA);
    fake.cancel = () => false;
    const controller = new AbortController();
    const asked = fake.next("request");
    const { flow } = flowOnFake({ fake });
    const pending = reasonOf(
      flow.silent(silentRequest({ account: recordOf(ADA), signal: controller.signal })),
    );
    await asked;
    controller.abort();
    expect(await pending).toMatchObject({ name: "AbortError" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(fake.pending).toBe(0);
  });
});

test("W11: strings go to Windows as they are", async () => {
  const claims = JSON.stringify({ access_token: { note: { value: `😀${"x".repeat(65_536)}\u0000` } } });
  fake.known.push(ADA);
  await flowOnFake({ fake }).flow.silent(silentRequest({ account: recordOf(ADA), claims }));
  expect(fake.requests[0]?.properties?.["claims"]).toBe(claims);
});

test("personal accounts are held to the same rules", async () => {
  fake.pane = "consumers";
  const { flow } = flowOnFake({ fake });
  const { account } = await flow.interactive(interactiveRequest({ tenantId: "common" }));
  expect(account).toEqual({ ...recordOf(SOPHIE) });
  fake.script("request", { answersFor: { ...SOPHIE, objectId: "00000000-0000-0000-0000-000000000001" } });
  expect(await reasonOf(flow.silent(silentRequest({ account, tenantId: "common" })))).toMatchObject({
    code: "account_mismatch",
  });
});
