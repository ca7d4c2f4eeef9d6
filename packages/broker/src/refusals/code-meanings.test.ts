import { describe, expect, test } from "vitest";
import { CODE_MEANINGS, CODE_RANGES } from "./code-meanings.ts";
import { httpStatusIn, meaningOfCode } from "./facility-meanings.ts";
import type { RefusalMeaning } from "./refusal-meaning.ts";

const kindOf = (code: number): string => meaningOfCode(code)?.kind ?? "unexpected";
const numbers = (facility: number, first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => facility * 0x10000 + first + index);

/** Every row of Microsoft's page "WAM errors", in its decimal spelling. */
const WAM_ERRORS: readonly (readonly [number, RefusalMeaning["kind"]])[] = [
  [2147943631, "no_network"],
  [2147943717, "account_gone"],
  [2148074254, "person_needed"],
  [2156265477, "person_needed"],
  [2156265478, "person_needed"],
  [2156265481, "person_needed"],
  [2156265482, "person_needed"],
  [2156265483, "person_needed"],
  [2156265484, "person_needed"],
  [3399548929, "person_needed"],
  [3399614467, "oauth"],
  [3399614476, "oauth"],
  [2148073494, "person_needed"],
  [2148073520, "person_needed"],
  [0x80090016, "person_needed"],
];
test.each(WAM_ERRORS)("the row %i of Microsoft's page of WAM errors: %s", (code, kind) => {
  expect(kindOf(code)).toBe(kind);
});

/** Whole families, each number of them. */
const FAMILIES: readonly (readonly [string, readonly number[], RefusalMeaning["kind"]])[] = [
  ["WinINet and WinHTTP", numbers(0x8007, 12_001, 12_184), "no_network"],
  ["Winsock", numbers(0x8007, 10_004, 10_112), "no_network"],
  ["Winsock's names", numbers(0x8007, 11_001, 11_031), "no_network"],
  ["DNS", numbers(0x8007, 9_001, 9_018), "no_network"],
  ["a network that is gone", [0x800704cf, 0x800704d0, 0x800704c9, 0x800704d4, 0x80070040], "no_network"],
  ["no domain controller", [0x8007051f, 0x8007054b, 0x80070774, 0x80090311], "no_network"],
  ["no secure connection", [0x80072f8f, 0x80090325, 0x80090324, 0x800b0101, 0x800b0109], "no_network"],
  ["URL monikers", [0x800c0004, 0x800c0005, 0x800c0008, 0x800c000b, 0x800c000e, 0x800c0019], "no_network"],
  ["ADAL's HTTP without a status", numbers(0xcaa3, 0, 99), "no_network"],
  ["ADAL's URL monikers", numbers(0xcaa7, 1, 0x16), "no_network"],
  ["ADAL's WinINet", numbers(0xcaa8, 0x2ee1, 0x2f9a), "no_network"],
  ["a redirect to a portal", [0xcaa3012e, 0x8019012e, 0xcaa301ff], "no_network"],
  ["the device's keys", numbers(0x8009, 0x01, 0x35), "person_needed"],
  ["the TPM", [0x80280001, 0x80284001, 0x8028008b, 0x80290300], "person_needed"],
  ["credentials", [0x8009030c, 0x8009030d, 0x8009030e, 0x8009033e], "person_needed"],
  ["passwords", [0x8007052e, 0x80070532, 0x80070533, 0x80070773, 0x80070775], "person_needed"],
  ["no refresh token", [0xcaa90003, 0xcaa90004, 0xcaa90056], "person_needed"],
  ["personal accounts", [0x80860002, ...numbers(0x8086, 4, 12), 0x8086000f], "person_needed"],
  ["nobody's name", [0x80070525, 0x80070534], "account_gone"],
  ["a person's no", [0x800704c7, 0x80090036, 0x8010006e, 0x80100002, 0xcaab0002], "cancelled"],
  ["another account", [0xcaab0001], "switched_without_token"],
  ["RPC", [0x800706ba, 0x800706bb, 0x800706be, 0x800706bf, 0x800706d9, 0x8007071c], "passing"],
  ["COM", [0x80010007, 0x80010012, 0x80010108, 0x8001010a], "passing"],
  ["background tasks", [0xcaad0000, 0xcaad0009, 0xcaadffff, 0x80080300], "passing"],
  ["the service", [0x80070422, 0x80070424, 0x80070426, 0x8007041d, 0x8007042d, 0x80070433], "unavailable"],
  ["the processes of others", [0x80070520, 0xcaab0003, 0x80040154], "unavailable"],
  ["too much", [0x80860010, 0xcaa20005, 0xcaa20008], "server_busy"],
  [
    "what says nothing",
    [0x80004005, 0x8000ffff, 0x80070005, 0x80070057, 0xcaaa0001, 0xcaab0004],
    "unexpected",
  ],
  ["neighbours of the networks", [0x80072328, 0x80072710, 0x80072713, 0x80072ee0, 0x80073000], "unexpected"],
];
test.each(FAMILIES)("%s", (_, codes, kind) => {
  expect(codes.filter((code) => kindOf(code) !== kind).map((code) => code.toString(16))).toEqual([]);
});

describe("a status of HTTP", () => {
  const WITH_HTTP = [0x8019, 0xcaa3, 0xcaa7, 0xcaa8];
  const meaningOf = (status: number): string => {
    if (status === 407) return "proxy_sign_in";
    if (status < 400 || status === 511) return "no_network";
    return status >= 500 || [408, 429].includes(status) ? "server_busy" : "http_refused";
  };
  test.each(WITH_HTTP)("is read in each number of %i", (facility) => {
    for (const code of numbers(facility, 300, 599)) {
      expect(httpStatusIn(code)).toBe(code & 0xffff);
      expect(kindOf(code), `HTTP ${code & 0xffff}`).toBe(meaningOf(code & 0xffff));
    }
  });

  test("is none where another part of Windows gave up", () => {
    for (const code of [0x80070194, 0xcaa20194, 0x801903e8, 0xcaa30258]) {
      expect(httpStatusIn(code)).toBeUndefined();
    }
  });
});

test("no row of codes hides another, or a code of its own that means the same", () => {
  const sorted = CODE_RANGES.toSorted(([one], [other]) => one - other);
  sorted.forEach(([first, last], index) => {
    expect(last).toBeGreaterThanOrEqual(first);
    expect(first).toBeGreaterThan(sorted[index - 1]?.[1] ?? 0);
  });
  for (const [code, meaning] of CODE_MEANINGS) {
    const range = CODE_RANGES.find(([first, last]) => first <= code && code <= last);
    expect(range?.[2], code.toString(16)).not.toEqual(meaning);
  }
});
