/** What a person does at one prompt. */
export interface PersonAnswer {
  /**
   * `approve` signs in and consents; `decline` does not allow what the application asks for; `cancel` presses Cancel
   * before signing in; `close` looks at the page and goes away.
   */
  action: "approve" | "decline" | "cancel" | "close";
  /** The user name to pick. @defaultValue the hinted account, or the first on the page */
  account?: string | undefined;
  /** How long the person takes before answering, in milliseconds of real time. @defaultValue 0 */
  delayInMs?: number | undefined;
}
