// million-calls.mjs COUNT: signs in, then asks for the token so many times; says what a call took and how much the heap
// has grown.
import { InteractiveBrowserCredential } from "@entrada/core";

const count = Number(process.argv[2]);
const scope = "https://management.azure.com/.default";
const say = (line) => console.log(JSON.stringify(line));
const credential = new InteractiveBrowserCredential({
  authorityHost: process.env.AUTHORITY,
  openBrowser: (url) => say({ url }),
});
const heapAfter = async (calls) => {
  for (let call = 0; call < calls; call += 1) await credential.getToken(scope);
  await new Promise((resolve) => setImmediate(resolve));
  gc();
  return process.memoryUsage().heapUsed;
};
const before = await heapAfter(10_000);
const began = performance.now();
const after = await heapAfter(count);
say({ perCallInUs: ((performance.now() - began) * 1000) / count, grownInBytes: after - before });
process.exit();
