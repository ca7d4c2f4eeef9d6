// A program of the CommonJS kind, as older settings of TypeScript make it: signs in, and tells our errors by their class.
import { AuthenticationRequiredError, InteractiveBrowserCredential, memoryTokenCache } from "@entrada/core";
import type { InteractiveBrowserCredentialOptions } from "@entrada/core";
import { isAuthenticationError } from "@entrada/core/credential";
import { DeviceCodeCredential } from "@entrada/device-code";
import { startEmulator } from "@entrada/emulator";

const scope = "https://management.azure.com/.default";

async function main(): Promise<void> {
  const emulator = await startEmulator();
  emulator.trust();
  const options: InteractiveBrowserCredentialOptions = { authorityHost: emulator.authorityHost };
  const browser = new InteractiveBrowserCredential({
    ...options,
    tokenCache: memoryTokenCache(),
    openBrowser: (url) => emulator.person.openBrowser(url),
  });
  const { username } = await browser.authenticate();
  const stranger = new DeviceCodeCredential({ ...options, disableAutomaticAuthentication: true });
  const error: unknown = await stranger.getToken(scope).catch((reason: unknown) => reason);
  console.log(username, error instanceof AuthenticationRequiredError, isAuthenticationError(error));
  await emulator[Symbol.asyncDispose]();
}

void main();
