// token.mjs TIMES: gets a token by the broker, or by what takes over where there is none; then so many more, each
// for another resource and so asked of the broker, and says how long these took.
import { InteractiveBrowserBrokerCredential } from "@entrada/broker";
import { say } from "../say.mjs";

const credential = new InteractiveBrowserBrokerCredential({
  useDefaultBrokerAccount: true,
  disableInstanceDiscovery: true,
  ...(process.env.TENANT && { tenantId: process.env.TENANT }),
});
await credential.getToken("https://management.azure.com/.default");
say("token");
const times = Number(process.argv[2]);
const began = process.hrtime.bigint();
for (let time = 0; time < times; time += 1) await credential.getToken(`api://${time}/.default`);
say("calls", { microseconds: Number(process.hrtime.bigint() - began) / 1000 / (times || 1) });
process.exit();
