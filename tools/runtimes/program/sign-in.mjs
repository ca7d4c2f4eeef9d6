// Signs in at the authority that the environment names, and says as whom, a line of JSON each:
//   sign-in.mjs browser                    with a browser
//   sign-in.mjs device-code [NAME]         by device code; keeps it in the cache of this name
//   sign-in.mjs silently NAME RESOURCE     with what is in that cache: nobody is asked, and a token of this is renewed
import { InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";

const say = (line) => console.log(JSON.stringify(line));
let renewed = false;
const options = {
  authorityHost: process.env.AUTHORITY,
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  onEvent({ type }) {
    if (type === "refresh") renewed = true;
  },
};
// In Deno a program without a cache needs no permission to read or write.
const openCache = async (name) => (await import("./cache.mjs")).openCache(name);

const WAYS = {
  browser: async () => new InteractiveBrowserCredential({ ...options, openBrowser: (url) => say({ url }) }),
  "device-code": async (name) =>
    new DeviceCodeCredential({
      ...options,
      ...(name && { tokenCache: await openCache(name) }),
      userPromptCallback: (code) => say({ code }),
    }),
  silently: async (name) =>
    new DeviceCodeCredential({
      ...options,
      tokenCache: await openCache(name),
      disableAutomaticAuthentication: true,
    }),
};

const [, , way, name, resource] = process.argv;
try {
  const credential = await WAYS[way](name);
  await credential.getToken("https://management.azure.com/.default");
  // A token that nobody has asked for yet is only to be had by the refresh token.
  if (resource) await credential.getToken(`${resource}/.default`);
  const [account] = await credential.accounts();
  say({ signedIn: account.username, renewed });
} catch (error) {
  say({ failed: { code: error.code, detail: error.detail, message: error.message } });
}
