// browser-identity.mjs TIMES: signs in through the browser, and says when the token is there; then signs in so many
// times more, each with a new credential in the same process, and says each time when it was called.
import { InteractiveBrowserCredential } from "@azure/identity";
import { say } from "./say.mjs";

async function signIn() {
  const credential = new InteractiveBrowserCredential({
    tenantId: process.env.TENANT,
    disableInstanceDiscovery: true,
  });
  say("call");
  await credential.getToken("https://management.azure.com/.default");
  say("token");
}

await signIn();
for (let time = 0; time < Number(process.argv[2]); time += 1) await signIn();
process.exit();
