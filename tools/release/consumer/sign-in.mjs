// Signs in twice, by device code and with the browser, at the authority of the parent process, and says what it got.
import { InteractiveBrowserCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";

const scope = "https://management.azure.com/.default";
const options = {
  authorityHost: process.env.AUTHORITY,
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
};

async function signIn() {
  const byCode = new DeviceCodeCredential({
    ...options,
    userPromptCallback: ({ userCode, verificationUri }) => process.send({ userCode, verificationUri }),
  });
  const byBrowser = new InteractiveBrowserCredential({
    ...options,
    openBrowser: (url) => void process.send({ url }),
  });
  for (const credential of [byCode, byBrowser]) {
    const first = await credential.getToken(scope);
    const second = await credential.getToken(scope);
    if (!(first.expiresOnTimestamp > Date.now())) throw new Error("the token has expired already");
    if (second.token !== first.token) throw new Error("the second call asked the authority again");
    const [account] = await credential.accounts();
    process.send({ signedIn: account.username, with: credential.constructor.name });
  }
  process.disconnect();
}

// No await at the top: a bundle of the CommonJS kind cannot have one.
signIn().catch((error) => {
  console.error(error);
  process.exit(1);
});
