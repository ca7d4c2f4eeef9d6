import { expect, it } from "vitest";
import { flood } from "../../test/loopback/flood.ts";
import { listen, signIn } from "../../test/loopback/listen.ts";

const COUNT = Number(process.env["ENTRADA_FUZZ_LISTENER"] ?? 20_000);
const SEED = Number(process.env["ENTRADA_FUZZ_SEED"] ?? 20_260_101);

it(
  `answers ${COUNT} odd requests (seed ${SEED}) and still takes the right answer`,
  { timeout: COUNT + 60_000 },
  async () => {
    const test = await listen();
    const random = seeded(SEED);
    const statuses = await flood(test.port, COUNT, () => oddRequest(random, test.port));
    const answered = [...statuses]
      .filter(([status]) => status !== 0)
      .reduce((sum, [, count]) => sum + count, 0);
    // Nothing that is odd is taken for an answer, and hardly anything stays without one.
    expect(
      [...statuses.keys()].filter(
        (status) => ![0, 100, 200, 400, 404, 405, 408, 413, 415, 431].includes(status),
      ),
    ).toEqual([]);
    expect(answered).toBeGreaterThan(COUNT * 0.9);
    // Enough of them came as far as the state.
    expect(test.listener.refusedAnswers).toBeGreaterThan(COUNT * 0.2);
    const ofAnswers = test.warnings.filter((warning) => warning.startsWith("loopback_answer_refused"));
    expect(ofAnswers.length).toBeLessThanOrEqual(10);
    // A request may begin like a greeting of TLS, which is told once.
    expect(test.warnings.length - ofAnswers.length).toBeLessThanOrEqual(1);
    expect(await signIn(test)).toBe("the-right-code");
  },
);

type Random = () => number;

/** mulberry32: small, and the same on every machine. */
function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

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
function oddRequest(random: Random, port: number): Buffer {
  const chance = (share: number): boolean => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  if (chance(0.1)) return noise(random, Math.floor(random() * 400));

  const method = chance(0.9) ? pick(["GET", "POST", "POST"]) : pick(METHODS);
  const target = chance(0.6) ? "/" : chance(0.9) ? pick(TARGETS) : `/${noise(random, 20).toString("latin1")}`;
  const body = chance(0.001) ? "a".repeat(70_000) : pick(BODIES);
  const headers = [
    ...(chance(0.95) ? [`Host: localhost:${port}`] : []),
    ...(chance(0.9) ? ["Content-Type: application/x-www-form-urlencoded"] : []),
    ...(chance(0.9) ? [`Content-Length: ${body.length}`] : []),
    ...(chance(0.25) ? [pick(HEADERS)] : []),
  ];
  const text = [`${method} ${target} HTTP/1.${chance(0.95) ? 1 : 0}`, ...headers, "", body].join("\r\n");
  return mutated(Buffer.from(text, "latin1"), random);
}

/** Now and then a byte is changed, or the end is missing. */
function mutated(bytes: Buffer, random: Random): Buffer {
  if (random() < 0.15 && bytes.length > 0)
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  return random() < 0.05 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
}

function noise(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}
