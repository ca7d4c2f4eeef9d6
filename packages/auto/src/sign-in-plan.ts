/** The ways to ask a person, in their usual order. */
export type SignInFlow = "broker" | "browser" | "device-code";

/** One step of a plan. */
export interface SignInStep {
  /** "cache": a sign-in that was stored earlier, where a token cache is given. */
  readonly flow: SignInFlow | "cache";
  /** Whether the step is tried, if the steps before it cannot. */
  readonly use: boolean;
  /** "paste": the person opens the page on another computer, and brings its answer to the terminal. */
  readonly answerBy?: "paste";
  /** Why it is not: a stable word, such as "ssh", "ci" or "not_installed". */
  readonly code?: string;
  /** Why it is not and what would help, in sentences. */
  readonly hint?: string;
}

/** How a person would be signed in here, first to last. */
export interface SignInPlan {
  readonly steps: readonly SignInStep[];
}
