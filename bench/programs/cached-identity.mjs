// cached-identity.mjs FOLDER [SCOPE] [together]: gets a token, from the cache in the folder if a process before has signed
// in there. With "together" it has one for another resource before, and waits for a line of input.
import {
  DeviceCodeCredential,
  deserializeAuthenticationRecord,
  serializeAuthenticationRecord,
  useIdentityPlugin,
} from "@azure/identity";
import { cachePersistencePlugin } from "@azure/identity-cache-persistence";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { said, say } from "./say.mjs";

// Its cache stands in the home folder: HOME is set to a folder of the run.
const [folder, other, how] = process.argv.slice(2);
const record = `${folder}/record.json`;
useIdentityPlugin(cachePersistencePlugin);
const credential = new DeviceCodeCredential({
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  tokenCachePersistenceOptions: { enabled: true, name: "bench", unsafeAllowUnencryptedStorage: true },
  userPromptCallback: ({ userCode, verificationUri }) => say("prompt", { userCode, verificationUri }),
  ...(existsSync(record) && {
    authenticationRecord: deserializeAuthenticationRecord(readFileSync(record, "utf8")),
  }),
});
const scope = "https://management.azure.com/.default";
if (how === "together") {
  await credential.getToken(scope);
  await said("ready");
}
if (existsSync(record)) await credential.getToken(other || scope);
else writeFileSync(record, serializeAuthenticationRecord(await credential.authenticate(scope)));
say("token");
process.exit();
