// cached-entrada.mjs FOLDER [SCOPE] [together]: gets a token, from the cache in the folder if a process before has signed
// in there. With "together" it has one for another resource before, and waits for a line of input.
// cached-entrada.mjs FOLDER "" found: as the first, but looks for the account in the cache.
import { persistentTokenCache } from "@entrada/cache";
import { deserializeAuthenticationRecord, serializeAuthenticationRecord } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fixedKeyStore } from "./fixed-key.mjs";
import { said, say } from "./say.mjs";

const [directory, other, how] = process.argv.slice(2);
const record = `${directory}/record.json`;
const credential = new DeviceCodeCredential({
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  tokenCache: persistentTokenCache({ name: "bench", directory, keyStore: fixedKeyStore }),
  userPromptCallback: ({ userCode, verificationUri }) => say("prompt", { userCode, verificationUri }),
  ...(how !== "found" &&
    existsSync(record) && {
      authenticationRecord: deserializeAuthenticationRecord(readFileSync(record, "utf8")),
    }),
});
const scope = "https://management.azure.com/.default";
if (how === "together") {
  await credential.getToken(scope);
  await said("ready");
}
await credential.getToken(other || scope);
say("token");
if (!existsSync(record)) {
  writeFileSync(record, serializeAuthenticationRecord(await credential.authenticate(scope)));
}
process.exit();
