// one-sign-in.mjs token|timeout|abort: one sign-in that ends like that; says at the end of the process how long it has
// lived on after that.
import { InteractiveBrowserCredential } from "@entrada/core";

const [end] = process.argv.slice(2);
const say = (line) => console.log(JSON.stringify(line));
const controller = new AbortController();
const credential = new InteractiveBrowserCredential({
  authorityHost: process.env.AUTHORITY,
  timeoutInMs: end === "timeout" ? 2000 : 60_000,
  openBrowser: (url) => {
    say({ url });
    if (end === "abort") setTimeout(() => controller.abort(), 100);
  },
});
await credential
  .getToken("https://management.azure.com/.default", { abortSignal: controller.signal })
  .catch(() => undefined);
const settledAt = performance.now();
process.on("exit", () => say({ lingered: performance.now() - settledAt }));
