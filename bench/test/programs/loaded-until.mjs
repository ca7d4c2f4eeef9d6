// loaded-until.mjs code|browser|token OPTIONS [FOLDER]: which files and which parts of Node a process has loaded when it
// shows a device code, when it opens the browser, or when it has a token from the cache in the folder, as JSON.
// OPTIONS are those of the credential, as JSON.
import { loads } from "./loads.mjs";

const SCOPE = "https://management.azure.com/.default";
const [event, json, folder] = process.argv.slice(2);
const options = JSON.parse(json);

if (event === "code") {
  const { DeviceCodeCredential } = await import("@entrada/device-code");
  await new DeviceCodeCredential({ ...options, userPromptCallback: report }).getToken(SCOPE);
} else if (event === "browser") {
  const { InteractiveBrowserCredential } = await import("@entrada/core");
  await new InteractiveBrowserCredential({ ...options, openBrowser: report }).getToken(SCOPE);
} else {
  const { DeviceCodeCredential } = await import("@entrada/device-code");
  const { persistentTokenCache } = await import("@entrada/cache");
  const { fixedKeyStore } = await import("../../programs/fixed-key.mjs");
  const tokenCache = persistentTokenCache({ name: "guard", directory: folder, keyStore: fixedKeyStore });
  await new DeviceCodeCredential({ ...options, tokenCache, disableAutomaticAuthentication: true }).getToken(
    SCOPE,
  );
  report();
}

function report() {
  console.log(JSON.stringify(loads()));
  process.exit();
}
