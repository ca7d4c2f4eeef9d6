import { expect, it } from "vitest";
import {
  CLIENT,
  CONSUMERS,
  ISSUER,
  NOW,
  TENANT,
  clientInfo,
  goodAnswer,
  goodClaims,
  idToken,
} from "../../test/http/token-documents.ts";
import type { Json } from "../../test/http/token-documents.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { judgeAnswer } from "../authority/judge-answer.ts";
import { checkTokenAnswer } from "./token-answer.ts";
import type { CheckedTokenAnswer } from "./token-answer.ts";

// T16. FUZZ_RUNS and FUZZ_SEED repeat a run or make a longer one.
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 20_000);
const SEED = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);

/** Mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Mutator {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** Some value instead of `value`: of another type, or a damaged text. */
  other(value: unknown): unknown {
    const strange = [
      undefined,
      null,
      "",
      0,
      -1,
      1e300,
      -5,
      true,
      false,
      [],
      {},
      [value],
      { value },
      "abc",
      "0x10",
    ];
    const texts =
      typeof value === "string" && value !== "" ? this.#damaged(value) : ["\u0000", "\ud800", "__proto__"];
    return this.chance(0.5) ? this.pick(strange) : this.pick(texts);
  }

  #damaged(text: string): string[] {
    const at = Math.floor(this.#random() * text.length);
    const odd = this.pick(["\r\n", " ", "ä", "\u0000", ".", "%", "\u2028", "{", "A", "\ud800"]);
    return [
      text.slice(0, at),
      text.slice(at),
      text.slice(0, at) + odd + text.slice(at + 1),
      text + odd,
      text + text,
      text.toUpperCase(),
    ];
  }

  /** `document` with some fields changed, lost or added. */
  fields(document: Json, probability: number): Json {
    const changed = Object.entries(document)
      .filter(() => !this.chance(probability / 4))
      .map(([name, value]): [string, unknown] => [
        name,
        this.chance(probability) ? this.other(value) : value,
      ]);
    const extra = this.chance(probability)
      ? [[this.pick(["__proto__", "constructor", "toString", "error", "access_token", "x"]), this.other("x")]]
      : [];
    return Object.fromEntries([...changed, ...extra]) as Json;
  }

  /** The document's text, sometimes damaged. */
  body(document: Json): Buffer {
    const text = JSON.stringify(document);
    return Buffer.from(
      this.chance(0.03) ? this.pick([...this.#damaged(text), `[${text}]`, "null", "<html>"]) : text,
    );
  }
}

/** What no caller may ever get, judged without the code under test. */
function faultsOf(checked: CheckedTokenAnswer, sent: Json, tenantId: string, status: number): string[] {
  const visible = (value: unknown): boolean => typeof value === "string" && /^[!-~]+$/.test(value);
  const claims = checked.idTokenClaims;
  const lifetime = checked.expiresOnTimestamp - NOW;
  const tests: [fault: string, holds: boolean][] = [
    ["status", status === 200],
    ["access token", visible(checked.accessToken) && checked.accessToken === sent["access_token"]],
    ["error", (sent["error"] ?? null) === null],
    ["lifetime", lifetime > 0 && lifetime <= 1e11],
    [
      "refresh time",
      checked.refreshAfterTimestamp === undefined || checked.refreshAfterTimestamp <= NOW + lifetime,
    ],
    ["refresh token", checked.refreshToken === undefined || visible(checked.refreshToken)],
    ["ID token", claims !== undefined],
    ["audience", [claims?.["aud"]].flat().includes(CLIENT)],
    ["issuer", claims?.iss === ISSUER.replace("{tenantid}", String(claims?.tid))],
    ["nonce", claims?.["nonce"] === "n-1"],
    ["expiry", Number(claims?.["exp"]) * 1000 > NOW - 300_000],
    ["tenant", tenantId !== TENANT || claims?.tid?.toLowerCase() === TENANT],
    ["personal account", tenantId !== "organizations" || claims?.tid !== CONSUMERS],
    ["scopes", checked.grantedScopes.every((scope) => /^[!-~]+$/.test(scope))],
    [
      "names",
      [claims?.["oid"], claims?.["preferred_username"]].every((name) => !/\p{Cc}/u.test(String(name))),
    ],
  ];
  return tests.filter(([, holds]) => !holds).map(([fault]) => fault);
}

it(`T16: ${RUNS} mutated answers bring typed errors or good tokens (FUZZ_SEED=${SEED})`, () => {
  const mutate = new Mutator(randomFrom(SEED));
  const untyped: unknown[] = [];
  const bad: unknown[] = [];
  let accepted = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const probability = mutate.pick([0.02, 0.1, 0.5]);
    const claims = mutate.fields(goodClaims(), probability / 2);
    const sent = mutate.fields(
      goodAnswer({
        id_token: idToken(claims),
        client_info: mutate.chance(probability) ? clientInfo(mutate.fields({}, 1)) : clientInfo(),
      }),
      probability,
    );
    const status = mutate.chance(0.1) ? mutate.pick([201, 302, 400, 401, 429, 500, 503]) : 200;
    const tenantId = mutate.pick([TENANT, "organizations", "common", "contoso.test"]);
    const body = mutate.body(sent);
    try {
      const context = { host: "login.test", correlationId: "c", secrets: ["0.refresh-token"], now: NOW };
      const judged = judgeAnswer({ status, header: () => undefined, body }, context);
      if (!("answer" in judged)) throw judged.failure;
      const expected = {
        clientId: CLIENT,
        tenantId,
        issuer: ISSUER,
        nonce: "n-1",
        requestedScopes: ["a"],
        now: NOW,
      };
      const checked = checkTokenAnswer(judged.answer.json, expected);
      accepted += 1;
      const received = JSON.parse(body.toString()) as Json;
      const faults = faultsOf(checked, received, tenantId, judged.answer.status);
      if (faults.length > 0) bad.push({ run, faults, received });
    } catch (error) {
      const typed = error instanceof AuthenticationError;
      const expectedCode = typed && ["invalid_response", "account_mismatch", "network"].includes(error.code);
      if (!expectedCode) untyped.push({ run, error });
      else if (/access-token|refresh-token|c2lnbmF0dXJl/.test(error.message))
        bad.push({ run, leaked: error.message });
    }
  }
  expect(untyped).toEqual([]);
  expect(bad).toEqual([]);
  // Neither everything nor nothing was damaged.
  expect(accepted).toBeGreaterThan(RUNS * 0.05);
  expect(accepted).toBeLessThan(RUNS * 0.95);
  expect(({} as Json)["x"]).toBeUndefined();
}, 120_000);
