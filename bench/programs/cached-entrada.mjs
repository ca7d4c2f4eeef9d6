// cached-entrada.mjs FOLDER: gets a token, from the cache in the folder if a process before has signed in there.
import { persistentTokenCache } from "@entrada/cache";
import { deserializeAuthenticationRecord, serializeAuthenticationRecord } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fixedKeyStore } from "./fixed-key.mjs";
import { say } from "./say.mjs";

const directory = process.argv[2];
const record = `${directory}/record.json`;
const credential = new DeviceCodeCredential({
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  tokenCache: persistentTokenCache({ name: "bench", directory, keyStore: fixedKeyStore }),
  userPromptCallback: ({ userCode, verificationUri }) => say("prompt", { userCode, verificationUri }),
  ...(existsSync(record) && {
    authenticationRecord: deserializeAuthenticationRecord(readFileSync(record, "utf8")),
  }),
});
const scope = "https://management.azure.com/.default";
await credential.getToken(scope);
say("token");
if (!existsSync(record)) {
  writeFileSync(record, serializeAuthenticationRecord(await credential.authenticate(scope)));
}
process.exit();
