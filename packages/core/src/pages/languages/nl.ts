import type { PageWords } from "../page-words.ts";

export const nl: PageWords = {
  pages: {
    complete: {
      title: "Aanmelding voltooid",
      message: "U kunt dit tabblad sluiten en teruggaan naar uw toepassing.",
    },
    waiting: {
      title: "Wachten op de aanmelding",
      message: "Uw toepassing wacht tot u zich aanmeldt. Ga verder in het andere tabblad.",
    },
    endUnknown: {
      title: "Terug naar uw toepassing",
      message: "Uw deel in de browser is klaar; uw toepassing rondt de aanmelding nog af.",
    },
    cancelled: {
      title: "Aanmelding geannuleerd",
      message: "U hebt de aanmelding geannuleerd. Begin opnieuw vanuit uw toepassing wanneer u zover bent.",
    },
    stoppedByApplication: {
      title: "Aanmelding geannuleerd",
      message: "Uw toepassing heeft deze aanmelding gestopt. Er is niets gewijzigd.",
    },
    refused: {
      title: "Aanmelding geweigerd",
      message: "Machtigingen zijn geweigerd, of een beheerder moet ze eerst verlenen.",
    },
    blocked: {
      title: "Aanmelding geblokkeerd",
      message: "Een beleid van uw organisatie staat deze aanmelding niet toe.",
    },
    personNeeded: {
      title: "De aanmelding heeft u nodig",
      message: "De aanmeldservice moet u iets vragen, maar uw toepassing stond dat niet toe.",
    },
    busy: {
      title: "Aanmelden is nu niet mogelijk",
      message: "De aanmeldservice heeft een storing. Probeer het over een paar minuten opnieuw.",
    },
    failed: {
      title: "Aanmelding mislukt",
      message:
        "De aanmeldservice heeft het verzoek van uw toepassing niet geaccepteerd. De ontwikkelaar kan zeggen wat er moet veranderen.",
    },
    otherIssuer: {
      title: "Aanmelding gestopt",
      message: "Het antwoord kwam niet van de aanmeldservice die gevraagd was.",
    },
    answerInAddress: {
      title: "Aanmelding gestopt",
      message: "De aanmeldservice stuurde het antwoord in het adres van de pagina, en dat is niet veilig.",
    },
    notRedeemed: {
      title: "De aanmelding is niet gelukt",
      message:
        "Uw toepassing kon deze aanmelding niet voltooien. Ga ernaar terug om te zien wat u kunt doen.",
    },
    alreadyComplete: {
      title: "U bent al aangemeld",
      message: "Deze aanmelding is voltooid. U kunt dit tabblad sluiten en teruggaan naar uw toepassing.",
    },
    tooLate: {
      title: "Te laat voor deze aanmelding",
      message: "Uw toepassing heeft op u gewacht, maar niet zo lang. Begin de aanmelding daar opnieuw.",
    },
    ended: {
      title: "Deze aanmelding is afgelopen",
      message: "Ga terug naar uw toepassing om te zien hoe die afliep, en begin daar zo nodig opnieuw.",
    },
    linkUsed: {
      title: "Deze koppeling is al gebruikt",
      message:
        "Een aanmeldkoppeling werkt één keer. Als geen ander tabblad de aanmeldpagina toont, begin dan opnieuw vanuit uw toepassing.",
    },
  },
  notes: {
    close: "U kunt dit tabblad sluiten.",
    origin: "Deze pagina komt van een toepassing op deze computer.",
    originOf: "Deze pagina komt van {application} op deze computer.",
    details: "Details voor wie u helpt",
  },
};
