/** What a page says: what happened in a few words, and what that means for the person. */
export interface PageWords {
  readonly title: string;
  readonly message: string;
}

/** What can have happened when a page is shown. */
export type PageName =
  | "complete"
  | "waiting"
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
  | "notRedeemed";

/** Every word that a person reads in the browser, by what has happened. */
export const PAGE_WORDS: Readonly<Record<PageName, PageWords>> = {
  complete: {
    title: "Sign-in complete",
    message: "You can close this tab and go back to your application.",
  },
  waiting: {
    title: "Waiting for the sign-in",
    message: "Your application is waiting for you to sign in. Go on in the other tab.",
  },
  /** The browser's part is done, but the application has not said in time how it ended. */
  endUnknown: {
    title: "Back to your application",
    message: "Your part in the browser is done, and your application is still finishing the sign-in.",
  },
  cancelled: {
    title: "Sign-in was cancelled",
    message: "You cancelled the sign-in. Start it again from your application when you are ready.",
  },
  stoppedByApplication: {
    title: "Sign-in was cancelled",
    message: "Your application has stopped this sign-in. Nothing was changed.",
  },
  refused: {
    title: "Sign-in was refused",
    message: "Permissions were declined, or an administrator has to grant them first.",
  },
  blocked: {
    title: "Sign-in was blocked",
    message: "A policy of your organization does not allow this sign-in.",
  },
  personNeeded: {
    title: "Sign-in needs you",
    message: "The sign-in service has to ask you something, and your application did not let it.",
  },
  busy: {
    title: "Sign-in is not possible right now",
    message: "The sign-in service has a problem. Try again in a few minutes.",
  },
  failed: {
    title: "Sign-in failed",
    message:
      "The sign-in service did not accept your application's request. Its developer can tell what to change.",
  },
  otherIssuer: {
    title: "Sign-in was stopped",
    message: "The answer did not come from the sign-in service that was asked.",
  },
  answerInAddress: {
    title: "Sign-in was stopped",
    message: "The sign-in service sent its answer in the address of the page, which is not safe.",
  },
  notRedeemed: {
    title: "Sign-in did not work",
    message: "Your application could not complete this sign-in. Go back to it to see what to do.",
  },
};

/** What stands on many pages. */
export const PAGE_NOTES: { readonly close: string; readonly origin: string } = {
  close: "You can close this tab.",
  origin: "This page comes from an application on this computer.",
};
