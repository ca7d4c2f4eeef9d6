// The main process of an Electron application that signs its person in with the broker of Windows. The dialog belongs
// to the application's window: it opens in front of it and moves with it.
import { fileURLToPath } from "node:url";
import { BlobServiceClient } from "@azure/storage-blob";
import { isAuthenticationError } from "@entrada/core";
import { InteractiveBrowserBrokerCredential } from "@entrada/broker";
import { app, BrowserWindow, ipcMain, shell } from "electron";

let window: BrowserWindow | undefined;

const credential = new InteractiveBrowserBrokerCredential({
  clientId: process.env["AZURE_CLIENT_ID"] ?? "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  // A function, not a value: the window of the moment owns the dialog, also after it was closed and opened again.
  parentWindowHandle: () => window?.getNativeWindowHandle(),
  useDefaultBrokerAccount: true,
  // Where there is no broker: the system's browser, opened as Electron opens links.
  openBrowser: (url) => shell.openExternal(url),
});

async function listContainers(accountUrl: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of new BlobServiceClient(accountUrl, credential).listContainers())
    names.push(name);
  return names;
}

// Tokens stay in the main process: the page gets names and messages only.
ipcMain.handle("list-containers", async (_event, accountUrl) => {
  if (typeof accountUrl !== "string") return { error: { message: "Name the storage account." } };
  try {
    return { names: await listContainers(accountUrl) };
  } catch (error) {
    // Electron hands on the message of an error alone: what the page decides by goes as an object.
    if (isAuthenticationError(error)) {
      const { code, detail, hint, message } = error;
      return { error: { code, detail, hint, message } };
    }
    return { error: { message: error instanceof Error ? error.message : String(error) } };
  }
});
ipcMain.handle("sign-out", () => credential.signOut());

await app.whenReady();
window = new BrowserWindow({
  width: 640,
  height: 480,
  webPreferences: { preload: fileURLToPath(new URL("preload.cjs", import.meta.url)), sandbox: true },
});
window.on("closed", () => (window = undefined));
await window.loadFile("index.html");

app.on("window-all-closed", () => {
  void credential[Symbol.asyncDispose]().then(() => app.quit());
});
