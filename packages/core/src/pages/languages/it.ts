import type { PageWords } from "../page-words.ts";

export const it: PageWords = {
  pages: {
    complete: {
      title: "Accesso completato",
      message: "Puoi chiudere questa scheda e tornare alla tua applicazione.",
    },
    waiting: {
      title: "In attesa dell’accesso",
      message: "La tua applicazione aspetta che tu acceda. Continua nell’altra scheda.",
    },
    endUnknown: {
      title: "Torna alla tua applicazione",
      message: "La tua parte nel browser è finita; la tua applicazione sta ancora completando l’accesso.",
    },
    cancelled: {
      title: "Accesso annullato",
      message: "Hai annullato l’accesso. Riavvialo dalla tua applicazione quando vuoi.",
    },
    stoppedByApplication: {
      title: "Accesso annullato",
      message: "La tua applicazione ha interrotto questo accesso. Non è stato modificato nulla.",
    },
    refused: {
      title: "Accesso rifiutato",
      message: "Le autorizzazioni sono state negate, oppure un amministratore deve prima concederle.",
    },
    blocked: {
      title: "Accesso bloccato",
      message: "Un criterio della tua organizzazione non consente questo accesso.",
    },
    personNeeded: {
      title: "L’accesso ha bisogno di te",
      message: "Il servizio di accesso deve chiederti qualcosa, ma la tua applicazione non l’ha permesso.",
    },
    busy: {
      title: "Al momento non è possibile accedere",
      message: "Il servizio di accesso ha un problema. Riprova tra qualche minuto.",
    },
    failed: {
      title: "Accesso non riuscito",
      message:
        "Il servizio di accesso non ha accettato la richiesta della tua applicazione. Chi la sviluppa può dire che cosa cambiare.",
    },
    otherIssuer: {
      title: "Accesso interrotto",
      message: "La risposta non proveniva dal servizio di accesso interpellato.",
    },
    answerInAddress: {
      title: "Accesso interrotto",
      message: "Il servizio di accesso ha inviato la risposta nell’indirizzo della pagina, e non è sicuro.",
    },
    notRedeemed: {
      title: "L’accesso non ha funzionato",
      message:
        "La tua applicazione non ha potuto completare questo accesso. Torna lì per vedere che cosa fare.",
    },
    alreadyComplete: {
      title: "Hai già effettuato l’accesso",
      message: "Questo accesso è completo. Puoi chiudere questa scheda e tornare alla tua applicazione.",
    },
    tooLate: {
      title: "Troppo tardi per questo accesso",
      message: "La tua applicazione ti ha aspettato, ma non così a lungo. Riavvia l’accesso da lì.",
    },
    ended: {
      title: "Questo accesso è terminato",
      message: "Torna alla tua applicazione per vedere com’è finito e, se serve, ricomincia da lì.",
    },
    linkUsed: {
      title: "Questo link è già stato usato",
      message:
        "Un link di accesso funziona una volta sola. Se nessun’altra scheda mostra la pagina di accesso, ricomincia dalla tua applicazione.",
    },
  },
  notes: {
    close: "Puoi chiudere questa scheda.",
    origin: "Questa pagina proviene da un’applicazione di questo computer.",
    originOf: "Questa pagina proviene da {application} su questo computer.",
    details: "Dettagli per chi ti aiuta",
  },
};
