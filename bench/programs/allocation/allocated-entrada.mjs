// Signs in once, then counts what a call for the same token allocates.
import { DeviceCodeCredential } from "@entrada/device-code";
import { say } from "../say.mjs";
import { allocated } from "./allocated.mjs";

const scope = "https://management.azure.com/.default";
const credential = new DeviceCodeCredential({
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  userPromptCallback: ({ userCode, verificationUri }) => say("prompt", { userCode, verificationUri }),
});
await credential.getToken(scope);
await allocated(() => credential.getToken(scope), 50_000);
process.exit();
