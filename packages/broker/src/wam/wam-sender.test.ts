import type { Clock } from "@entrada/core/flow";
import { WamError, type WamRequestResult } from "@entrada/wam";
import { beforeEach, expect, test } from "vitest";
import { FakeWam } from "../../test/fake-wam.ts";
import { reasonOf } from "../../test/flow-on-fake.ts";
import { ORDERS_ASK as ask } from "../../test/orders-ask.ts";
import { WamSender } from "./wam-sender.ts";

const REQUEST = { providerAuthority: "https://login.microsoftonline.com/organizations", scope: "a" };
/** Windows's own background task was just starting. */
const HICCUP = failure(0x800706ba, "FindAccountProviderWithAuthorityAsync");
const GOOD: WamRequestResult = { status: 0, responses: [{ token: "t", properties: {} }] };

type End = WamRequestResult | WamError;

let nowInMs: number;
let pauses: number[];
/** Each request takes a time, and then ends so. */
let ends: (readonly [tookInMs: number, end: End])[];
let sender: WamSender;
beforeEach(() => {
  nowInMs = 1000;
  pauses = [];
  const clock: Clock = {
    now: () => nowInMs,
    monotonic: () => nowInMs,
    after(ms, callback) {
      pauses.push(ms);
      nowInMs += ms;
      queueMicrotask(callback);
      return { cancel: () => {} };
    },
  };
  const fake = new FakeWam();
  fake.request = async () => {
    const [tookInMs, end] = ends.shift() ?? [0, GOOD];
    nowInMs += tookInMs;
    if (end instanceof Error) throw end;
    return end;
  };
  sender = new WamSender(fake, clock);
});

function failure(hresult: number, step: string): WamError {
  return new WamError({ code: "WAM_HRESULT", step, hresult });
}

test.each([
  [7500, [500]],
  [7501, []],
])(
  "a hiccup after %i ms is waited for only where eight seconds leave room for it",
  async (tookInMs, waited) => {
    ends = [[tookInMs, HICCUP]];
    const outcome = await sender.silent(ask, REQUEST).catch(() => undefined);
    expect(outcome !== undefined).toBe(waited.length > 0);
    expect(pauses).toEqual(waited);
  },
);

test("the pauses count, too: the second one is longer than what is left after six seconds", async () => {
  ends = [
    [0, HICCUP],
    [6001, HICCUP],
  ];
  expect(await reasonOf(sender.silent(ask, REQUEST))).toMatchObject({ detail: "wam_failed" });
  expect(pauses).toEqual([500]);
});

test.each([HICCUP, failure(0xcaad0001, "WebTokenRequest")])(
  "before a dialog a hiccup is one, too",
  async (end) => {
    ends = [[0, end]];
    await expect(sender.interactive(ask, REQUEST)).resolves.toMatchObject({ switched: false });
    expect(pauses).toEqual([500]);
  },
);

test.each([
  ["of another kind", failure(0x8000ffff, "FindAccountProviderWithAuthorityAsync")],
  ["of a dialog that may have been seen", failure(0x800706ba, "RequestTokenForWindowAsync.Error")],
])("a failure %s is not tried again", async (_, end) => {
  ends = [[0, end]];
  await reasonOf(sender.interactive(ask, REQUEST));
  expect(pauses).toEqual([]);
});

test("a dialog is open from its own call on, not from the hiccup before it", async () => {
  ends = [
    [4000, HICCUP],
    [3000, { status: 1, responses: [] }],
  ];
  const { message, detail } = await reasonOf(sender.interactive(ask, REQUEST));
  expect({ message, detail }).toEqual({
    message: expect.stringContaining("after 3 s"),
    detail: "dialog_closed",
  });
});

test("another account without a token is told as that", async () => {
  ends = [[3000, { status: 2, responses: [] }]];
  expect(await reasonOf(sender.interactive(ask, REQUEST))).toMatchObject({ detail: "account_switched" });
});

test("success without an answer is no answer", async () => {
  ends = [[0, { status: 0, responses: [] }]];
  expect(await reasonOf(sender.silent(ask, REQUEST))).toMatchObject({
    code: "invalid_response",
    message: expect.stringContaining("the list of answers"),
  });
});

test("nobody has switched accounts where nobody was asked", async () => {
  ends = [[0, { ...GOOD, status: 2 }]];
  await expect(sender.silent(ask, REQUEST)).resolves.toMatchObject({ switched: false });
  ends = [[0, { ...GOOD, status: 2 }]];
  await expect(sender.interactive(ask, REQUEST)).resolves.toMatchObject({ switched: true });
});
