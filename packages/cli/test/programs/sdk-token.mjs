// An unmodified program of the Azure SDK: prints what its credential gets, for the resources that are named.
import { AzureCliCredential, DefaultAzureCredential, ManagedIdentityCredential } from "@azure/identity";

const [, , kind, ...scopes] = process.argv;
const KINDS = { az: AzureCliCredential, default: DefaultAzureCredential, managed: ManagedIdentityCredential };
const credential = new KINDS[kind]();
for (const scope of scopes) {
  try {
    const { token, expiresOnTimestamp } = await credential.getToken(scope);
    console.log(JSON.stringify({ token, expiresOnTimestamp }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.name, message: error.message }));
  }
}
