import { damagedText } from "../../../../tools/fuzz/src/damage.ts";
import { fuzzTest } from "../../../../tools/fuzz/src/fuzz-test.ts";
import { bearerParameter, claimsOfChallenge } from "./claims-challenge.ts";

const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
const HEADER = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", scope="a b", claims="${Buffer.from(CLAIMS).toString("base64")}"`;
const SIGNS = ' \t,="\\Bearerclaims{}[]0é\u0000'.split("");

fuzzTest("damaged headers of any kind bring claims that are an object, or none", "challenges", {
  least: { claims: 0.05, nothing: 0.2 },
  once: (drawn) => {
    let header = HEADER;
    if (drawn.is(0.2)) header = damagedText(drawn, header);
    if (drawn.is(0.1))
      header = drawn.pick([`${HEADER}, ${header}`, `Basic realm="x", ${header}`, `${header},,`]);
    const signs = header.split("");
    for (let changes = drawn.below(8); changes > 0 && signs.length > 0; changes -= 1)
      signs[drawn.below(signs.length)] = drawn.pick(SIGNS);
    const damaged = signs.join("");
    const scope = bearerParameter(damaged, "scope");
    if (scope !== undefined && typeof scope !== "string") throw new TypeError("A scope that is no text");
    const claims = claimsOfChallenge(damaged);
    if (claims === undefined) return "nothing";
    const value: unknown = JSON.parse(claims);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new TypeError(`No object: ${claims}`);
    return "claims";
  },
});
