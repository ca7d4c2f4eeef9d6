// Runs between the main process and the page: the page can ask for these two things and for nothing else.
const { contextBridge, ipcRenderer } = require("electron");

contextBridge.exposeInMainWorld("storage", {
  listContainers: (accountUrl) => ipcRenderer.invoke("list-containers", accountUrl),
  signOut: () => ipcRenderer.invoke("sign-out"),
});
