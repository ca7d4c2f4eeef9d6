// A program that wants a token: silently, or by a dialog that it tells of.
import { InteractiveBrowserBrokerCredential } from "@entrada/broker";
import { patientClock } from "./patient-clock.ts";

patientClock();

const credential = new InteractiveBrowserBrokerCredential({
  useDefaultBrokerAccount: true,
  browserFallback: "never",
  onEvent({ type }) {
    if (type === "prompt") console.log("asked");
  },
});
const scope = "https://management.azure.com/.default";
if ((process.argv[2] ?? process.env["ASK"]) === "dialog")
  await credential.authenticate(scope, { forcePrompt: true });
else await credential.getToken(scope);
