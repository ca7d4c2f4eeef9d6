import type { PageWords } from "../page-words.ts";

export const de: PageWords = {
  pages: {
    complete: {
      title: "Anmeldung abgeschlossen",
      message: "Sie können diesen Tab schließen und zu Ihrer Anwendung zurückkehren.",
    },
    waiting: {
      title: "Die Anmeldung steht noch aus",
      message: "Ihre Anwendung wartet darauf, dass Sie sich anmelden. Machen Sie im anderen Tab weiter.",
    },
    endUnknown: {
      title: "Zurück zu Ihrer Anwendung",
      message: "Ihr Teil im Browser ist erledigt; Ihre Anwendung schließt die Anmeldung noch ab.",
    },
    cancelled: {
      title: "Anmeldung abgebrochen",
      message:
        "Sie haben die Anmeldung abgebrochen. Starten Sie sie in Ihrer Anwendung neu, wenn Sie so weit sind.",
    },
    stoppedByApplication: {
      title: "Anmeldung abgebrochen",
      message: "Ihre Anwendung hat diese Anmeldung beendet. Es wurde nichts geändert.",
    },
    refused: {
      title: "Anmeldung abgelehnt",
      message: "Berechtigungen wurden verweigert, oder ein Administrator muss sie zuerst erteilen.",
    },
    blocked: {
      title: "Anmeldung blockiert",
      message: "Eine Richtlinie Ihrer Organisation lässt diese Anmeldung nicht zu.",
    },
    personNeeded: {
      title: "Die Anmeldung braucht Sie",
      message: "Der Anmeldedienst muss Sie etwas fragen, aber Ihre Anwendung hat das nicht zugelassen.",
    },
    busy: {
      title: "Anmeldung derzeit nicht möglich",
      message: "Der Anmeldedienst hat eine Störung. Versuchen Sie es in ein paar Minuten noch einmal.",
    },
    failed: {
      title: "Anmeldung fehlgeschlagen",
      message:
        "Der Anmeldedienst hat die Anfrage Ihrer Anwendung nicht angenommen. Wer sie entwickelt, kann sagen, was zu ändern ist.",
    },
    otherIssuer: {
      title: "Anmeldung angehalten",
      message: "Die Antwort kam nicht von dem Anmeldedienst, der gefragt wurde.",
    },
    answerInAddress: {
      title: "Anmeldung angehalten",
      message: "Der Anmeldedienst hat seine Antwort in der Adresse der Seite gesendet. Das ist nicht sicher.",
    },
    notRedeemed: {
      title: "Die Anmeldung hat nicht geklappt",
      message:
        "Ihre Anwendung konnte diese Anmeldung nicht abschließen. Kehren Sie zu ihr zurück, um zu sehen, was zu tun ist.",
    },
    alreadyComplete: {
      title: "Sie sind bereits angemeldet",
      message:
        "Diese Anmeldung ist abgeschlossen. Sie können diesen Tab schließen und zu Ihrer Anwendung zurückkehren.",
    },
    tooLate: {
      title: "Zu spät für diese Anmeldung",
      message:
        "Ihre Anwendung hat auf Sie gewartet, aber nicht so lange. Starten Sie die Anmeldung dort neu.",
    },
    ended: {
      title: "Diese Anmeldung ist beendet",
      message:
        "Kehren Sie zu Ihrer Anwendung zurück, um zu sehen, wie sie ausging, und starten Sie dort neu, falls nötig.",
    },
    linkUsed: {
      title: "Dieser Link wurde schon benutzt",
      message:
        "Ein Anmeldelink funktioniert einmal. Wenn kein anderer Tab die Anmeldeseite zeigt, starten Sie in Ihrer Anwendung neu.",
    },
  },
  notes: {
    close: "Sie können diesen Tab schließen.",
    origin: "Diese Seite kommt von einer Anwendung auf diesem Computer.",
    originOf: "Diese Seite kommt von {application} auf diesem Computer.",
    details: "Angaben für alle, die Ihnen helfen",
  },
};
