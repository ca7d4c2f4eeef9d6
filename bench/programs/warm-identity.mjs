// Signs in once, then asks for the same token again and again.
import { DeviceCodeCredential } from "@azure/identity";
import { say } from "./say.mjs";
import { warmCalls } from "./warm-calls.mjs";

const scope = "https://management.azure.com/.default";
const credential = new DeviceCodeCredential({
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  userPromptCallback: ({ userCode, verificationUri }) => say("prompt", { userCode, verificationUri }),
});
await credential.getToken(scope);
await warmCalls(() => credential.getToken(scope), { sequential: 2_000, thousands: 5 });
process.exit();
