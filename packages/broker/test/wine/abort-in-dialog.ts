// abort-in-dialog.ts TIMES: aborts a sign-in while Windows's dialog is open, and says each time how long the error took.
import { setImmediate as turn } from "node:timers/promises";
import { InteractiveBrowserBrokerCredential } from "../../dist/index.mjs";
import { observer } from "../../../../native/test/wine/observer.ts";

for (let left = Number(process.argv[2]); left > 0; left -= 1) {
  observer.forgetCalls();
  const controller = new AbortController();
  const credential = new InteractiveBrowserBrokerCredential({ browserFallback: "never" });
  const ended = credential
    .getToken("https://storage.azure.com/.default", { abortSignal: controller.signal })
    .then(
      () => "no error",
      (error: unknown) => (error as Error).name,
    );
  while (!observer.waitForCall("RequestTokenForWindowAsync", 0)) await turn();
  const began = performance.now();
  controller.abort();
  const name = await ended;
  console.log(JSON.stringify({ name, ms: performance.now() - began }));
}
