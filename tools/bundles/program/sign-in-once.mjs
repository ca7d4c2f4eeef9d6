// The same with a cache: signs in by device code where nobody has before, and says as whom.
import { persistentTokenCache } from "@entrada/cache";
import { DeviceCodeCredential } from "@entrada/device-code";

const credential = new DeviceCodeCredential({
  authorityHost: process.env.AUTHORITY,
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  tokenCache: persistentTokenCache({
    name: "bundled",
    directory: process.env.CACHES,
    key: { passphrase: "a passphrase of a test" },
    onWarning: ({ message }) => console.error(message),
  }),
  userPromptCallback: ({ userCode, verificationUri }) =>
    console.log(JSON.stringify({ userCode, verificationUri })),
});

credential.getToken("https://management.azure.com/.default").then(
  async ({ token }) => {
    const [account] = await credential.accounts();
    console.log(JSON.stringify({ signedIn: account.username, token: token.length > 100 }));
  },
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
