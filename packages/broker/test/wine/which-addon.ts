// A program in WSL: whether there is a broker, as far as is known in advance, and whether there is one.
import { getBrokerAvailability, InteractiveBrowserBrokerCredential } from "@entrada/broker";

const { detail: early } = getBrokerAvailability();
const credential = new InteractiveBrowserBrokerCredential({
  useDefaultBrokerAccount: true,
  browserFallback: "never",
});
const outcome = await credential.getToken("https://storage.azure.com/.default").then(
  () => ({ token: true }),
  ({ detail }: { readonly detail?: string }) => ({ token: false, detail }),
);
console.log(JSON.stringify({ early, ...outcome }));
