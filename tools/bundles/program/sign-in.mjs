// Signs in by device code at the authority of the parent process, and says as whom. The program that is bundled.
import { DeviceCodeCredential } from "@entrada/device-code";

const credential = new DeviceCodeCredential({
  authorityHost: process.env.AUTHORITY,
  tenantId: process.env.TENANT,
  disableInstanceDiscovery: true,
  userPromptCallback: ({ userCode, verificationUri }) =>
    console.log(JSON.stringify({ userCode, verificationUri })),
});

// No await at the top: a bundle of the CommonJS kind cannot have one.
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
