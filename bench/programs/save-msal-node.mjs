// save-msal-node.mjs FOLDER FIRST COUNT: as save-entrada.mjs, with msal-node and its extensions' cache plugin.
// save-msal-node.mjs FOLDER list: says how many accounts the cache holds.
// save-msal-node.mjs FOLDER fill COUNT: so many people sign in and are saved once, at the end.
import { FilePersistence, PersistenceCachePlugin } from "@azure/msal-node-extensions";
import { PublicClientApplication } from "@azure/msal-node";
import { AUTHORITY, CLIENT, deviceAnswer, SCOPE, TENANT, tokenAnswer } from "./people.mjs";
import { said, say } from "./say.mjs";

const [folder, first, count, together] = process.argv.slice(2);
let person;
const endpoint = (name) => `${AUTHORITY}/${TENANT}/oauth2/v2.0/${name}`;
const reply = (body) => ({ status: 200, headers: {}, body });
const persistence = await FilePersistence.create(`${folder}/msal.cache`);
const plugin = new PersistenceCachePlugin(persistence, { retryNumber: 10_000, retryDelay: 50 });
const app = new PublicClientApplication({
  auth: {
    clientId: CLIENT,
    authority: `${AUTHORITY}/${TENANT}`,
    knownAuthorities: [new URL(AUTHORITY).host],
    authorityMetadata: JSON.stringify({
      issuer: `${AUTHORITY}/{tenantid}/v2.0`,
      authorization_endpoint: endpoint("authorize"),
      token_endpoint: endpoint("token"),
      device_authorization_endpoint: endpoint("devicecode"),
      jwks_uri: `${AUTHORITY}/${TENANT}/discovery/v2.0/keys`,
    }),
  },
  cache: first === "fill" ? {} : { cachePlugin: plugin },
  system: {
    networkClient: {
      sendGetRequestAsync: () => Promise.reject(new Error("Nothing is to be sent")),
      sendPostRequestAsync: async (url) =>
        reply(url.includes("devicecode") ? deviceAnswer() : tokenAnswer(person)),
    },
  },
});
if (first === "list") {
  say("listed", { accounts: (await app.getTokenCache().getAllAccounts()).length });
} else {
  const saves = [];
  const start = first === "fill" ? 1_000_000 : Number(first);
  for (person = start; person < start + Number(count); person += 1) {
    const started = performance.now();
    await app.acquireTokenByDeviceCode({ scopes: [SCOPE], deviceCodeCallback: () => undefined });
    saves.push(performance.now() - started);
    if (together && saves.length === 1) await said("ready");
  }
  if (first === "fill") await persistence.save(app.getTokenCache().serialize());
  say("saved", { saves });
}
process.exit();
