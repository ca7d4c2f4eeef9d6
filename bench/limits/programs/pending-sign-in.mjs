// A sign-in that waits for the browser's answer: says the address, how much memory there is when asked for "rss", and
// when the token is there.
import { createInterface } from "node:readline";
import { InteractiveBrowserCredential } from "@entrada/core";

const say = (line) => console.log(JSON.stringify(line));
const credential = new InteractiveBrowserCredential({
  authorityHost: process.env.AUTHORITY,
  openBrowser: (url) => say({ url }),
});
createInterface(process.stdin).on("line", () => {
  gc();
  gc();
  say({ rss: process.memoryUsage().rss });
});
await credential.getToken("https://management.azure.com/.default");
say({ signedIn: true });
process.stdin.unref();
