// many-tokens-identity.mjs COUNT CALLS: signs in, has so many tokens in memory, each of a scope of its own, and asks
// for one after the other. The tokens are copies of the first, put into the cache through the plugin that it offers.
import { DeviceCodeCredential, useIdentityPlugin } from "@azure/identity";
import { say } from "./say.mjs";

const [count, calls] = process.argv.slice(2).map(Number);
const scopeOf = (index) => `https://service-${index}.example/.default`;

let saved;
let more;
useIdentityPlugin(({ cachePluginControl }) =>
  cachePluginControl.setPersistence(async () => ({
    beforeCacheAccess: async ({ tokenCache }) => {
      if (!more) return;
      tokenCache.deserialize(more);
      more = undefined;
    },
    afterCacheAccess: async ({ tokenCache }) => {
      saved ??= tokenCache.hasChanged() ? tokenCache.serialize() : undefined;
    },
  })),
);
const credential = new DeviceCodeCredential({
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  tokenCachePersistenceOptions: { enabled: true },
  userPromptCallback: ({ userCode, verificationUri }) => say("prompt", { userCode, verificationUri }),
});
await credential.getToken("https://management.azure.com/.default");
const cache = JSON.parse(saved);
const [[key, token]] = Object.entries(cache.AccessToken);
for (let index = 0; index < count; index += 1) {
  const target = scopeOf(index);
  cache.AccessToken[key.replace(token.target, target).replace(token.target.toLowerCase(), target)] = {
    ...token,
    target,
  };
}
more = JSON.stringify(cache);
for (let call = 0; call < calls / 10; call += 1) await credential.getToken(scopeOf(call % count));
const started = performance.now();
for (let call = 0; call < calls; call += 1) await credential.getToken(scopeOf(call % count));
say("warm", { perCall: ((performance.now() - started) * 1000) / calls });
process.exit();
