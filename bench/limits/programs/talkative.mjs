// talkative.mjs FILE: signs in by a browser and by a device code, renews, and is refused, with every log on; prints all
// that events, errors and inspectors show. Every secret that goes over the wire is kept in FILE.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { persistentTokenCache } from "@entrada/cache";
import { InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { fixedKeyStore } from "../../programs/fixed-key.mjs";

const [file] = process.argv.slice(2);
const [ARM, STORAGE, GRAPH] = [
  "https://management.azure.com/.default",
  "https://storage.azure.com/.default",
  "https://graph.microsoft.com/.default",
];
const say = (line) => console.log(JSON.stringify(line));
const secrets = new Set();
const events = [];
let sentNext = "";
let signedIn = false;

const keep = (value) => typeof value === "string" && value.length > 8 && secrets.add(value);
const listening = async (input, init) => {
  const form = new URLSearchParams(typeof init?.body === "string" ? init.body : "");
  for (const name of ["code", "code_verifier", "refresh_token", "device_code"]) keep(form.get(name));
  const response = await fetch(input, init);
  const answer = await response.clone().json();
  for (const name of ["access_token", "refresh_token", "id_token", "device_code", "client_info"])
    keep(answer[name]);
  if (!signedIn) sentNext = answer.refresh_token ?? sentNext;
  writeFileSync(file, JSON.stringify({ secrets: [...secrets], sentNext }));
  return response;
};
const options = {
  authorityHost: process.env.AUTHORITY,
  fetch: listening,
  onEvent: (event) => event.type !== "prompt" && events.push(event),
};

const browser = new InteractiveBrowserCredential({
  ...options,
  tokenCache: persistentTokenCache({
    name: "limits",
    directory: join(tmpdir(), "cache"),
    keyStore: fixedKeyStore,
  }),
  disableAutomaticAuthentication: true,
  openBrowser: (url) => say({ url }),
});
await browser.authenticate(ARM);
await browser.getToken(STORAGE, { enableCae: true });
signedIn = true;
const device = new DeviceCodeCredential({
  ...options,
  userPromptCallback: ({ userCode, verificationUri }) => say({ userCode, verificationUri }),
});
await device.getToken(ARM);
say({ signedIn: true });
await once(process.stdin, "data");
const error = await browser.getToken(GRAPH).catch((reason) => reason);
console.error(inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack);
console.error(JSON.stringify(events), inspect([browser, device], { depth: 9, showHidden: true }));
say({ told: true });
await new Promise((resolve) => setTimeout(resolve, 60_000));
