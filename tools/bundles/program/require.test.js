// A test as jest runs it without any settings: no ES modules, no import().
const { AuthenticationRequiredError, InteractiveBrowserCredential } = require("@entrada/core");
const { DeviceCodeCredential } = require("@entrada/device-code");
const { startEmulator } = require("@entrada/emulator");

/* global expect, test */
test("signs in, and tells our errors by their class", async () => {
  const emulator = await startEmulator();
  const undo = emulator.trust();
  const { authorityHost } = emulator;
  const browser = new InteractiveBrowserCredential({
    authorityHost,
    openBrowser: (url) => emulator.person.openBrowser(url),
  });
  expect((await browser.authenticate()).username).toBe("ada@contoso.example");
  const stranger = new DeviceCodeCredential({ authorityHost, disableAutomaticAuthentication: true });
  await expect(stranger.getToken("https://management.azure.com/.default")).rejects.toBeInstanceOf(
    AuthenticationRequiredError,
  );
  undo();
  await emulator[Symbol.asyncDispose]();
});
