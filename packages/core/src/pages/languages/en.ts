import type { PageWords } from "../page-words.ts";

export const en: PageWords = {
  pages: {
    complete: {
      title: "Sign-in complete",
      message: "You can close this tab and go back to your application.",
    },
    waiting: {
      title: "Waiting for the sign-in",
      message: "Your application is waiting for you to sign in. Go on in the other tab.",
    },
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
    alreadyComplete: {
      title: "You are signed in already",
      message: "This sign-in is complete. You can close this tab and go back to your application.",
    },
    tooLate: {
      title: "Too late for this sign-in",
      message: "Your application waited for you, but not this long. Start the sign-in again from there.",
    },
    ended: {
      title: "This sign-in has ended",
      message: "Go back to your application to see how it ended, and start again from there if you need to.",
    },
    linkUsed: {
      title: "This link was already used",
      message:
        "A sign-in link works once. If no other tab shows the sign-in page, start again from your application.",
    },
  },
  notes: {
    close: "You can close this tab.",
    origin: "This page comes from an application on this computer.",
    originOf: "This page comes from {application} on this computer.",
    details: "Details for whoever helps you",
  },
};
