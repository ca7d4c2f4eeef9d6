// The emulator and a sign-in in one process, which trusts it while it runs. Says who signed in, or why that cannot be.
import { InteractiveBrowserCredential } from "@entrada/core";
import { startEmulator } from "@entrada/emulator";

const emulator = await startEmulator();
try {
  emulator.trust();
  const credential = new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    disableInstanceDiscovery: true,
    openBrowser: (url) => emulator.person.openBrowser(url),
  });
  const { username } = await credential.authenticate();
  console.log(JSON.stringify({ signedIn: username }));
} catch ({ message }) {
  console.log(JSON.stringify({ failed: { message } }));
}
await emulator[Symbol.asyncDispose]();
