// Is served from memory a token whose renewal is due, and ends while Windows does not answer the renewal.
import { setImmediate as turn } from "node:timers/promises";
import { InteractiveBrowserBrokerCredential } from "../../dist/index.mjs";
import { observer } from "../../../../native/test/wine/observer.ts";

const scope = "https://storage.azure.com/.default";
// When a renewal begins is drawn by lot; here as early as it can.
Math.random = () => 1;

let renewing = false;
const credential = new InteractiveBrowserBrokerCredential({
  useDefaultBrokerAccount: true,
  browserFallback: "never",
  onEvent: ({ type }) => {
    if (type === "refresh") renewing = true;
    if (type === "refresh_failed" || type === "done") renewing = false;
  },
});
const first = await credential.getToken(scope);
process.env["FAKE_WAM_SCENARIO"] += "&token.complete=manual&token.cancel=ignore";
const second = await credential.getToken(scope);
if (second.token === first.token) console.log("served from memory");
while (!observer.waitForCall("GetTokenSilentlyWithWebAccountAsync", 0)) await turn();

process.on("exit", () =>
  console.log(renewing ? "ended, with the renewal under way" : "ended after the renewal"),
);
