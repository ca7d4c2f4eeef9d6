// An unmodified program of the Azure SDK: prints what its credential gets, for the resources that are named.
import { DefaultAzureCredential, ManagedIdentityCredential } from "@azure/identity";

const [, , kind, ...scopes] = process.argv;
const credential = kind === "default" ? new DefaultAzureCredential() : new ManagedIdentityCredential();
for (const scope of scopes) {
  try {
    const { token, expiresOnTimestamp } = await credential.getToken(scope);
    console.log(JSON.stringify({ token, expiresOnTimestamp }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.name, message: error.message }));
  }
}
