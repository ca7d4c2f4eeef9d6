// The example of the documentation, where the broker is missing and a person sits before the browser.
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { listContainers } from "../../../../examples/list-containers.ts";

const [accountUrl, authorityHost, browser] = process.argv.slice(2);
if (accountUrl === undefined || authorityHost === undefined || browser === undefined) {
  throw new TypeError("needs a storage account, an authority and a browser");
}

await listContainers({
  accountUrl,
  credential: {
    authorityHost,
    disableInstanceDiscovery: true,
    openBrowser: async (url) => {
      const [answer] = (await once(
        request(browser, { method: "POST", agent: false }).end(url),
        "response",
      )) as [IncomingMessage];
      answer.resume();
    },
    onEvent: (event) => {
      if (event.type === "fallback") {
        console.log(`fallback: ${event.flow} to ${event.to}, ${event.reason}`);
      }
    },
  },
});
