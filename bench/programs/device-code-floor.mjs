// What showing a device code cannot do without: a bare Node that sends the two requests of a first sign-in, on one
// connection, and reads the answers. It checks nothing.
import { say } from "./say.mjs";

const { AZURE_AUTHORITY_HOST: host, TENANT: tenant } = process.env;
const CLIENT = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
const SCOPE = "https://management.azure.com/.default openid profile offline_access";

// An import would load all that node:https offers.
const https = process.getBuiltinModule("node:https");
const agent = new https.Agent({ keepAlive: true });

const metadata = await ask("GET", `${host}/${tenant}/v2.0/.well-known/openid-configuration`);
const form = new URLSearchParams({ client_id: CLIENT, scope: SCOPE });
const code = await ask("POST", metadata.device_authorization_endpoint, form.toString());
if (typeof code.user_code !== "string") throw new Error("The authority gave no code");
say("prompt");
process.exit();

function ask(method, url, body) {
  const headers = body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" };
  return new Promise((resolve, reject) => {
    const request = https.request(url, { agent, method, headers }, (answer) => resolve(read(answer)));
    request.on("error", reject).end(body);
  });
}

async function read(answer) {
  const parts = [];
  for await (const part of answer) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}
