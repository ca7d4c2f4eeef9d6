import { isAuthenticationError } from "@entrada/core/flow";
import { damagedText } from "../../../../tools/fuzz/src/damage.ts";
import { fuzzTest } from "../../../../tools/fuzz/src/fuzz-test.ts";
import { ADA, CLIENT_ID, SOPHIE, responseOf } from "../../test/fake-account.ts";
import { NOW, ORDERS, ORDERS_ASK } from "../../test/orders-ask.ts";
import { expectWellFormed } from "../../test/well-formed-answer.ts";
import { entraAnswer } from "./entra-answer.ts";
import { msaAnswer } from "./msa-answer.ts";

const ASKED = { ask: ORDERS_ASK, now: NOW, switched: false };
const PLUGINS = [
  { read: entraAnswer, account: ADA },
  { read: msaAnswer, account: SOPHIE },
].map(({ read, account }) => ({
  read,
  good: responseOf({
    account,
    clientId: CLIENT_ID,
    scope: ORDERS,
    tenantId: account.tenantId,
    serial: 1,
    now: NOW,
  }),
}));

fuzzTest("damaged answers give a typed error or a well-formed answer, never anything else", "wam-answers", {
  least: { taken: 0.05, refused: 0.05 },
  once: (drawn) => {
    const { read, good } = drawn.pick(PLUGINS);
    const name = drawn.pick(["token", ...Object.keys(good.properties)]);
    const value = damagedText(drawn, name === "token" ? good.token : (good.properties[name] ?? ""));
    const response =
      name === "token"
        ? { ...good, token: value }
        : { ...good, properties: { ...good.properties, [name]: value } };
    try {
      expectWellFormed(read(response, ASKED));
      return "taken";
    } catch (error) {
      if (!isAuthenticationError(error) || error.detail !== "broker_invalid_response") throw error;
      return "refused";
    }
  },
});
