import { CredentialUnavailableError } from "../errors/authentication-error.ts";
import { thisMachine } from "../surroundings/surroundings.ts";
import type { AnswerBy } from "./answer-by.ts";
import { answerWay } from "./answer-way.ts";
import type { BrowserFlowChoices } from "./browser-flow-choices.ts";
import { findSystemBrowser, type OpenBrowser } from "./open-browser.ts";

/** How the page is opened, and how its answer comes. */
export interface ChosenWay {
  readonly by: AnswerBy;
  /** Absent: the person opens the page. */
  readonly openBrowser: OpenBrowser | undefined;
  /** What is wrong with `BROWSER`, where that is why the terminal has to do. */
  readonly unusable?: string | undefined;
}

/** @throws CredentialUnavailableError where neither way can be gone here */
export function chosenWay({ openBrowser, answerBy }: BrowserFlowChoices): ChosenWay {
  // Who opens the page knows where the person sits.
  if (openBrowser !== undefined && answerBy !== "paste") return { by: "loopback", openBrowser };
  const way = answerWay(answerBy, thisMachine);
  if (way.by === undefined) throw new CredentialUnavailableError(way.why);
  return { ...way, openBrowser: openBrowser ?? (way.by === "paste" ? undefined : findSystemBrowser()) };
}
