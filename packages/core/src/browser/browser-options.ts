import type { KnownNames } from "../errors/known-names.ts";
import { parseRedirectUri } from "../loopback/redirect-uri.ts";
import type { Check } from "../options/check-option.ts";
import type { EndPages } from "../pages/end-pages.ts";
import type { AnswerBy } from "./answer-by.ts";
import type { BrowserFlowChoices } from "./browser-flow-choices.ts";

/** What a credential takes that may sign in with a browser. */
export interface BrowserOptions {
  /**
   * Where the browser brings the answer: `http://localhost[:port][/path]`. A port makes it fixed. The app
   * registration must have it; for `http://localhost` any port is allowed.
   * @defaultValue `http://localhost` with a free port
   */
  redirectUri?: string | undefined;
  /**
   * Opens the sign-in page, or shows its URL. May return before the person has answered.
   * @defaultValue the system's browser
   */
  openBrowser?: ((url: string, context: { signal: AbortSignal }) => void | Promise<void>) | undefined;
  /**
   * How the browser's answer comes back. "loopback": the browser brings it to a port of this machine. "paste": the
   * terminal shows the page's address, the person opens it on any computer, and pastes the address at which it ends.
   * @defaultValue "loopback" where a browser can be shown here, or `openBrowser` is given; else, at a terminal, "paste"
   */
  answerBy?: AnswerBy | undefined;
  /**
   * Pages to show in the browser at the end, in the place of ours: a whole HTML document each, or a function that makes
   * one of how the sign-in ended, in the browser's language.
   */
  browserCustomizationOptions?: EndPages | undefined;
}

export const ANSWER_BY: readonly AnswerBy[] = ["loopback", "paste"];

export const browserOptionNames = (): KnownNames<BrowserOptions> => ({
  redirectUri: true,
  openBrowser: true,
  answerBy: true,
  browserCustomizationOptions: true,
});

/**
 * The caller's choices about the browser. `check` is handed in: `@entrada/broker` takes this file into its own, to be
 * imported in one piece, and has the checks already.
 * @throws TypeError that names the wrong option
 */
export function browserChoices(options: BrowserOptions, check: Check): BrowserFlowChoices {
  const { redirectUri, browserCustomizationOptions: pages } = options;
  parseRedirectUri(redirectUri, check.wrong);
  if (pages !== undefined) {
    const known: KnownNames<EndPages> = { successMessage: true, errorMessage: true };
    check.names("browserCustomizationOptions", pages, known);
    check.page("browserCustomizationOptions.successMessage", pages.successMessage);
    check.page("browserCustomizationOptions.errorMessage", pages.errorMessage);
  }
  const openBrowser = check.function("openBrowser", options.openBrowser);
  const answerBy = check.oneOf("answerBy", options.answerBy, ANSWER_BY);
  return { openBrowser, answerBy, redirectUri, pages };
}
