import { DefaultAzureCredential } from "@azure/identity";

const { token } = await new DefaultAzureCredential().getToken("https://management.azure.com/.default");
const { upn, aud } = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
console.log(`${upn} at ${aud}`);
