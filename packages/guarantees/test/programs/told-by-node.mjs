// Signs in, and writes down what the diagnostics channels and the performance entries of Node.js tell of it.
import { subscribe } from "node:diagnostics_channel";
import { PerformanceObserver } from "node:perf_hooks";
import { inspect } from "node:util";
import { InteractiveBrowserCredential } from "@entrada/core";

const CHANNELS = [
  "http.client.request.created",
  "http.client.request.start",
  "http.client.request.error",
  "http.client.response.finish",
  "http.server.request.start",
  "http.server.response.created",
  "http.server.response.finish",
  "net.client.socket",
  "net.server.socket",
  "child_process",
];

const told = [];
// A tracer writes down addresses, headers and names; it has no business with bodies.
function note({ request, response, url }, name) {
  const of = (message) =>
    message && [message.method, message.path, message.url, message.getHeaders?.() ?? message.headers];
  told.push(`${name} ${inspect([of(request), of(response), url], { depth: 6 })}`);
}
for (const name of CHANNELS) subscribe(name, note);
const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) told.push(inspect(entry, { depth: 9 }));
});
observer.observe({ entryTypes: ["http", "net", "dns", "mark", "measure"] });

const secrets = new Set();
const credential = new InteractiveBrowserCredential({
  openBrowser: (url) => {
    for (const name of ["state", "nonce", "code_challenge"]) secrets.add(new URL(url).searchParams.get(name));
    console.log(`open ${url}`);
  },
});
for (const resource of ["management", "storage"]) {
  const { token } = await credential.getToken(`https://${resource}.azure.com/.default`);
  secrets.add(token);
}
// Entries are handed out in a later turn.
await new Promise((resolve) => setImmediate(resolve));
observer.disconnect();
const leaks = told.filter((line) => Array.from(secrets).some((secret) => line.includes(secret)));
console.log(JSON.stringify({ told: told.length, secrets: secrets.size, leaks }));
