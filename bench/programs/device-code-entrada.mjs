// Signs in by device code, and says when the code is shown, when the token is there, and how much memory that took.
import { DeviceCodeCredential } from "@entrada/device-code";
import { say } from "./say.mjs";

const credential = new DeviceCodeCredential({
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  userPromptCallback: ({ userCode, verificationUri }) => say("prompt", { userCode, verificationUri }),
});
await credential.getToken("https://management.azure.com/.default");
say("token", { rss: process.memoryUsage.rss() });
process.exit();
