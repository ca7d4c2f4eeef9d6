import { isAuthenticationError } from "@entrada/core/flow";
import { damagedFields } from "../../../../tools/fuzz/src/damage.ts";
import type { Drawn } from "../../../../tools/fuzz/src/drawn.ts";
import { fuzzTest } from "../../../../tools/fuzz/src/fuzz-test.ts";
import { ADA, CLIENT_ID } from "../../test/fake-account.ts";
import { base64url, jwt } from "../../test/linux/minted-tokens.ts";
import { NOW, ORDERS, ORDERS_ASK } from "../../test/orders-ask.ts";
import { expectWellFormed } from "../../test/well-formed-answer.ts";
import { linuxAnswer } from "./linux-answer.ts";

const PERSON = { oid: ADA.objectId, tid: ADA.tenantId };
const EXPIRES_IN_S = NOW / 1000 + 3600;

fuzzTest(
  "damaged answers of Linux's broker give a typed error or a well-formed answer",
  "linux-broker-answers",
  {
    least: { taken: 0.05, refused: 0.05 },
    once: (drawn) => {
      const token = damagedFields(drawn, answerOf(drawn), drawn.pick([0.02, 0.1, 0.5]));
      try {
        expectWellFormed(linuxAnswer(token, { ask: ORDERS_ASK, now: NOW }));
        return "taken";
      } catch (error) {
        if (!isAuthenticationError(error) || error.detail !== "broker_invalid_response") throw error;
        return "refused";
      }
    },
  },
);

function answerOf(drawn: Drawn): Record<string, unknown> {
  const share = drawn.pick([0, 0.1, 0.4]);
  const claims = { ...PERSON, aud: CLIENT_ID, preferred_username: ADA.username, exp: EXPIRES_IN_S };
  const account = {
    homeAccountId: `${ADA.objectId}.${ADA.tenantId}`,
    localAccountId: ADA.objectId,
    realm: ADA.tenantId,
    username: ADA.username,
    environment: "login.microsoftonline.com",
  };
  return {
    accessToken: jwt(damagedFields(drawn, { ...PERSON, exp: EXPIRES_IN_S }, share)),
    accessTokenType: 0,
    idToken: jwt(damagedFields(drawn, claims, share)),
    clientInfo: base64url(damagedFields(drawn, { uid: ADA.objectId, utid: ADA.tenantId }, share)),
    account: damagedFields(drawn, account, share),
    grantedScopes: ORDERS,
    expiresOn: EXPIRES_IN_S * 1000,
  };
}
