export { createBrowserFlow, type BrowserFlowChoices } from "./create-browser-flow.ts";
export { systemBrowser, type OpenBrowser, type SystemBrowserCollaborators } from "./open-browser.ts";
export type { Spawn } from "./opening/run-opener.ts";
