// many-accounts-entrada.mjs COUNT: signs in, has so many accounts in the token cache, and asks for the token of the
// one that signed in. The accounts are copies of it; the credential that is timed was made after them.
import { randomUUID } from "node:crypto";
import { memoryTokenCache } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { say } from "./say.mjs";

const CALLS = 2_000_000;
const count = Number(process.argv[2]);
const scope = "https://management.azure.com/.default";

const options = {
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  tokenCache: memoryTokenCache(),
  userPromptCallback: ({ userCode, verificationUri }) => say("prompt", { userCode, verificationUri }),
};
const authenticationRecord = await new DeviceCodeCredential(options).authenticate(scope);
const [{ key, label }] = await options.tokenCache.list();
const data = Buffer.from(await options.tokenCache.read(key)).toString();
const [objectId] = authenticationRecord.homeAccountId.split(".");
for (let more = 1; more < count; more += 1) {
  const other = randomUUID();
  const [copyKey, copyData, copyLabel] = [key, data, label].map((text) => text.replaceAll(objectId, other));
  await options.tokenCache.write(copyKey, Buffer.from(copyData), copyLabel);
}

const credential = new DeviceCodeCredential({ ...options, authenticationRecord });
const present = (await credential.accounts()).length;
if (present !== count) throw new Error(`The token cache has ${present} accounts`);
for (let call = 0; call < CALLS / 4; call += 1) await credential.getToken(scope);
// What the preparation left behind is nobody's call to clear up.
globalThis.gc();
const started = performance.now();
for (let call = 0; call < CALLS; call += 1) await credential.getToken(scope);
say("warm", { perCall: ((performance.now() - started) * 1000) / CALLS });
process.exit();
