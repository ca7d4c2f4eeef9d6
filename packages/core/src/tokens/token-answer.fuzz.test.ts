import { damagedFields, damagedText } from "../../../../tools/fuzz/src/damage.ts";
import type { Drawn } from "../../../../tools/fuzz/src/drawn.ts";
import { fuzzTest } from "../../../../tools/fuzz/src/fuzz-test.ts";
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

const EXPECTED = { clientId: CLIENT, issuer: ISSUER, nonce: "n-1", requestedScopes: ["a"], now: NOW };

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

const CONTEXT = { host: "login.test", correlationId: "c", secrets: ["0.refresh-token"], now: NOW };
const CODES = ["invalid_response", "account_mismatch", "network"];

fuzzTest("T16: damaged answers bring typed errors or good tokens", "token-answers", {
  least: { taken: 0.05, refused: 0.05 },
  once: (drawn) => {
    const share = drawn.pick([0.02, 0.1, 0.5]);
    const tenantId = drawn.pick([TENANT, "organizations", "common", "contoso.test"]);
    const status = drawn.is(0.1) ? drawn.pick([201, 302, 400, 401, 429, 500, 503]) : 200;
    const body = bodyOf(drawn, damagedFields(drawn, goodAnswer(damagedParts(drawn, share)), share));
    try {
      const judged = judgeAnswer({ status, header: () => undefined, body }, CONTEXT);
      if (!("answer" in judged)) throw judged.failure;
      const checked = checkTokenAnswer(judged.answer.json, { ...EXPECTED, tenantId });
      const received = JSON.parse(body.toString()) as Json;
      const faults = faultsOf(checked, received, tenantId, judged.answer.status);
      if ("x" in {}) faults.push("what an answer brought is in all objects");
      if (faults.length > 0) throw new BadToken(`${faults.join(", ")}: ${body.toString()}`);
      return "taken";
    } catch (error) {
      if (!(error instanceof AuthenticationError) || !CODES.includes(error.code)) throw error;
      if (/access-token|refresh-token|c2lnbmF0dXJl/.test(error.message))
        throw new BadToken(`It tells a secret: ${error.message}`, { cause: error });
      return "refused";
    }
  },
});

class BadToken extends Error {}

function damagedParts(drawn: Drawn, share: number): Json {
  return {
    id_token: idToken(damagedFields(drawn, goodClaims(), share / 2)),
    client_info: drawn.is(share) ? clientInfo(damagedFields(drawn, {}, 1)) : clientInfo(),
  };
}

/** The document's text, sometimes damaged. */
function bodyOf(drawn: Drawn, document: Json): Buffer {
  const text = JSON.stringify(document);
  if (!drawn.is(0.03)) return Buffer.from(text);
  return Buffer.from(drawn.pick([damagedText(drawn, text), `[${text}]`, "null", "<html>"]));
}
