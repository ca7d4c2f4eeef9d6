export type { AnswerBy } from "./browser/answer-by.ts";
export type { BrowserFlowChoices } from "./browser/browser-flow-choices.ts";
export { createBrowserFlow } from "./browser/create-browser-flow.ts";
export {
  systemBrowser,
  type OpenBrowser,
  type OpenBrowserContext,
  type SystemBrowserCollaborators,
} from "./browser/open-browser.ts";
export type { Spawn } from "./browser/opening/run-opener.ts";
export type { OneTimeLink } from "./loopback/listener-contract.ts";
