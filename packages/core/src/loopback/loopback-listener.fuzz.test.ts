import { fuzzTest } from "../../../../tools/fuzz/src/fuzz-test.ts";
import { damagedBytes } from "../../../../tools/fuzz/src/damage.ts";
import type { Drawn } from "../../../../tools/fuzz/src/drawn.ts";
import { expect } from "vitest";
import { flood } from "../../test/loopback/flood.ts";
import { listen, signIn, STATE } from "../../test/loopback/listen.ts";

const TOGETHER = 2000;
const STATUSES = [0, 100, 200, 400, 404, 405, 408, 413, 415, 431];

fuzzTest("answers odd requests, thousands of them, and still takes the right answer", "listener", {
  together: TOGETHER,
  least: { survived: 1 },
  once: async (drawn) => {
    const test = await listen();
    const statuses = await flood(test.port, TOGETHER, () => oddRequest(drawn, test.port));
    // Nothing that is odd is taken for an answer, and hardly anything stays without one.
    expect([...statuses.keys()].filter((status) => !STATUSES.includes(status))).toEqual([]);
    expect(statuses.get(0) ?? 0).toBeLessThan(TOGETHER * 0.1);
    // Enough of them came as far as the state.
    expect(test.listener.refusedAnswers).toBeGreaterThan(TOGETHER * 0.2);
    const ofAnswers = test.warnings.filter((warning) => warning.startsWith("loopback_answer_refused"));
    expect(ofAnswers.length).toBeLessThanOrEqual(10);
    // A request may begin like a greeting of TLS, which is told once.
    expect(test.warnings.length - ofAnswers.length).toBeLessThanOrEqual(1);
    expect(await signIn(test)).toBe("the-right-code");
    await test.listener.close();
    return "survived";
  },
});

const METHODS = [
  "GET",
  "POST",
  "HEAD",
  "OPTIONS",
  "PUT",
  "CONNECT",
  "TRACE",
  "get",
  "P\0ST",
  "",
  "M-SEARCH",
  "PRI",
];
const TARGETS = [
  "/",
  "//",
  "/\\",
  "*",
  "http://[::1/",
  "http://a:99999/",
  "/done",
  "/?",
  "/?%",
  "/?state=%ff",
  "/%00",
  "/?code=a&code=b",
  "?",
  "",
  "/?state=x&error=%3Cscript%3E",
];
const HEADERS = [
  "Content-Length: 5",
  "Content-Length: -1",
  "Content-Length: 99999999999999999999",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: gzip, chunked",
  "Expect: 100-continue",
  "Expect: x",
  "Connection: keep-alive",
  "Connection: Upgrade\r\nUpgrade: websocket",
  "Content-Type: application/x-www-form-urlencoded",
  "Content-Type: multipart/form-data; boundary=",
  "Content-Type: \xff",
  "Host: x",
  "X: \0",
  " folded: y",
  "Origin: null",
  "Cookie: a=b",
  "Range: bytes=0-",
  "Content-Encoding: gzip",
  "X:",
  ": y",
  "\x80: z",
];
const BODIES = [
  "",
  "state=",
  "state=a&state=b",
  "code=x&state=y",
  "error=e&state=y",
  // Nearly right: no single byte that changes makes them so.
  `code=x&state=${STATE.slice(2)}`,
  `code=x&state=${STATE.toLowerCase()}`,
  `code=x&state=${STATE.split("").toReversed().join("")}`,
  `error=access_denied&state=${STATE.slice(0, -2)}`,
  "%",
  "%ff%fe",
  "\xc3(",
  "5\r\nstate\r\n0\r\n\r\n",
  "zz\r\n",
  "__proto__=1&constructor=2",
  "&&&&",
  "=".repeat(1000),
];

/** Most are nearly right, so that they come far; each has a few faults. */
function oddRequest(drawn: Drawn, port: number): Buffer {
  if (drawn.is(0.1)) return drawn.bytes(drawn.below(400));
  const method = drawn.is(0.9) ? drawn.pick(["GET", "POST", "POST"]) : drawn.pick(METHODS);
  const target = drawn.is(0.6)
    ? "/"
    : drawn.is(0.9)
      ? drawn.pick(TARGETS)
      : `/${drawn.bytes(20).toString("latin1")}`;
  const body = drawn.is(0.001) ? "a".repeat(70_000) : drawn.pick(BODIES);
  const headers = [
    ...(drawn.is(0.95) ? [`Host: localhost:${port}`] : []),
    ...(drawn.is(0.9) ? ["Content-Type: application/x-www-form-urlencoded"] : []),
    ...(drawn.is(0.9) ? [`Content-Length: ${body.length}`] : []),
    ...(drawn.is(0.25) ? [drawn.pick(HEADERS)] : []),
  ];
  const text = [`${method} ${target} HTTP/1.${drawn.is(0.95) ? 1 : 0}`, ...headers, "", body].join("\r\n");
  const bytes = Buffer.from(text, "latin1");
  return drawn.is(0.15) ? damagedBytes(drawn, bytes) : bytes;
}
