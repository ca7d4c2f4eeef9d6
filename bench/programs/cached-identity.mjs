// cached-identity.mjs FOLDER: gets a token, from the cache in the folder if a process before has signed in there.
import {
  DeviceCodeCredential,
  deserializeAuthenticationRecord,
  serializeAuthenticationRecord,
  useIdentityPlugin,
} from "@azure/identity";
import { cachePersistencePlugin } from "@azure/identity-cache-persistence";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { say } from "./say.mjs";

// Its cache stands in the home folder: HOME is set to a folder of the run.
const record = `${process.argv[2]}/record.json`;
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
if (existsSync(record)) await credential.getToken(scope);
else writeFileSync(record, serializeAuthenticationRecord(await credential.authenticate(scope)));
say("token");
process.exit();
