import type { EndPages } from "../pages/end-pages.ts";
import type { AnswerBy } from "./answer-by.ts";
import type { OpenBrowser } from "./open-browser.ts";

/** What the caller of a credential may choose about the browser. */
export interface BrowserFlowChoices {
  /** @defaultValue the system's browser */
  openBrowser?: OpenBrowser | undefined;
  /** @defaultValue whatever works here; the loopback where `openBrowser` is given */
  answerBy?: AnswerBy | undefined;
  /** @defaultValue `http://localhost` with a free port */
  redirectUri?: string | undefined;
  /** Pages to show in the browser at the end, instead of ours. */
  pages?: EndPages | undefined;
}
