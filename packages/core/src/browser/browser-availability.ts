import { checkNames, type KnownNames } from "../errors/known-names.ts";
import type { Obstacle } from "../surroundings/obstacle.ts";
import { type Surroundings, thisMachine } from "../surroundings/surroundings.ts";
import { check } from "../options/check-option.ts";
import type { AnswerBy } from "./answer-by.ts";
import { answerWay } from "./answer-way.ts";
import { ANSWER_BY } from "./browser-options.ts";

/** Whether a person can sign in by a browser here. */
export interface BrowserAvailability {
  readonly available: boolean;
  /** "paste": the person would open the page on another machine, and bring its answer to the terminal. */
  readonly answerBy?: "paste";
  /** Where there is none: the `code` and the `detail` of the error that the credential would throw. */
  readonly code?: "browser_unavailable";
  readonly detail?: string;
  /** What stands in the way: a stable word, such as "ssh" or "ci". */
  readonly obstacle?: Obstacle;
  /** The reason in words, and what would help. */
  readonly hint?: string;
}

const surroundingNames = (): KnownNames<Surroundings> => ({
  platform: true,
  env: true,
  isProgram: true,
  readText: true,
  stderr: true,
  stdin: true,
  noDesktop: true,
  elevated: true,
  codespaceIn: true,
  keyring: true,
});

/**
 * Whether `InteractiveBrowserCredential` could ask a person here. Starts nothing.
 * @param answerBy - the credential's option of this name
 */
export function browserAvailability(
  surroundings: Partial<Surroundings> = {},
  answerBy?: AnswerBy,
): BrowserAvailability {
  checkNames("surroundings", surroundings, surroundingNames());
  check.oneOf("answerBy", answerBy, ANSWER_BY);
  const way = answerWay(answerBy, { ...thisMachine, ...surroundings });
  if (way.by !== undefined) return { available: true, ...(way.by === "paste" && { answerBy: way.by }) };
  const { obstacle, why } = way;
  const { code, detail, what, remedy } = why;
  return { available: false, code, detail, obstacle, hint: `${what}. ${remedy}.` };
}
