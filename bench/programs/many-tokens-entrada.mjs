// many-tokens-entrada.mjs COUNT: signs in, has so many tokens in memory, each of a scope of its own, and asks for one
// after the other. The tokens are copies of the first, put into the token cache that the credential reads.
import { memoryTokenCache } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { say } from "./say.mjs";

const CALLS = 2_000_000;
const count = Number(process.argv[2]);
const scopeOf = (index) => `https://service-${index}.example/.default`;

const tokenCache = memoryTokenCache();
const credential = new DeviceCodeCredential({
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  tokenCache,
  userPromptCallback: ({ userCode, verificationUri }) => say("prompt", { userCode, verificationUri }),
});
await credential.getToken("https://management.azure.com/.default");
const [{ key: accountKey, label }] = await tokenCache.list();
const account = JSON.parse(Buffer.from(await tokenCache.read(accountKey)).toString());
const [[key, token]] = Object.entries(account.tokens);
for (let index = 0; index < count; index += 1) {
  account.tokens[key.replace("https://management.azure.com/.default", scopeOf(index))] = token;
}
await tokenCache.write(accountKey, Buffer.from(JSON.stringify(account)), label);

const scopes = Array.from({ length: count }, (_, index) => scopeOf(index));
for (const scope of scopes) await credential.getToken(scope);
for (let call = 0; call < CALLS / 4; call += 1) await credential.getToken(scopes[call % count]);
// What the preparation left behind is nobody's call to clear up.
globalThis.gc();
const started = performance.now();
for (let call = 0; call < CALLS; call += 1) await credential.getToken(scopes[call % count]);
say("warm", { perCall: ((performance.now() - started) * 1000) / CALLS });
process.exit();
