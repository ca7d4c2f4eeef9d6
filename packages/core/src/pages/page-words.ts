/** What a page says: what happened in a few words, and what that means for the person. */
export interface PageText {
  readonly title: string;
  readonly message: string;
}

/** What can have happened when a page is shown. */
export type PageName =
  | "complete"
  | "waiting"
  /** The browser's part is done, but the application has not said in time how it ended. */
  | "endUnknown"
  | "cancelled"
  | "stoppedByApplication"
  | "refused"
  | "blocked"
  | "personNeeded"
  | "busy"
  | "failed"
  | "otherIssuer"
  | "answerInAddress"
  | "notRedeemed"
  /** Somebody comes after the sign-in has succeeded, in this tab or elsewhere. */
  | "alreadyComplete"
  /** Somebody comes after the time for signing in was over. */
  | "tooLate"
  /** Somebody comes after a sign-in that ended in any other way. */
  | "ended"
  /** The one-time link to the sign-in page is opened a second time. */
  | "linkUsed";

/** What stands on many pages. */
export interface PageNotes {
  readonly close: string;
  /** Where the page comes from, when the application has told no name. */
  readonly origin: string;
  /** The same with its name in the place of `{application}`. */
  readonly originOf: string;
  /** What opens the details, which are for whoever helps the person. */
  readonly details: string;
}

/** Every word that a person reads in the browser, in one language. */
export interface PageWords {
  readonly pages: Readonly<Record<PageName, PageText>>;
  readonly notes: PageNotes;
}
