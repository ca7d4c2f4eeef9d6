import type { PageWords } from "../page-words.ts";

export const sv: PageWords = {
  pages: {
    complete: {
      title: "Inloggningen är klar",
      message: "Du kan stänga den här fliken och gå tillbaka till ditt program.",
    },
    waiting: {
      title: "Väntar på inloggningen",
      message: "Ditt program väntar på att du loggar in. Fortsätt på den andra fliken.",
    },
    endUnknown: {
      title: "Tillbaka till ditt program",
      message: "Din del i webbläsaren är klar; ditt program håller på att slutföra inloggningen.",
    },
    cancelled: {
      title: "Inloggningen avbröts",
      message: "Du avbröt inloggningen. Börja om från ditt program när du är redo.",
    },
    stoppedByApplication: {
      title: "Inloggningen avbröts",
      message: "Ditt program har stoppat den här inloggningen. Inget har ändrats.",
    },
    refused: {
      title: "Inloggningen nekades",
      message: "Behörigheter nekades, eller så måste en administratör bevilja dem först.",
    },
    blocked: {
      title: "Inloggningen blockerades",
      message: "En princip i din organisation tillåter inte den här inloggningen.",
    },
    personNeeded: {
      title: "Inloggningen behöver dig",
      message: "Inloggningstjänsten måste fråga dig något, men ditt program tillät det inte.",
    },
    busy: {
      title: "Det går inte att logga in just nu",
      message: "Inloggningstjänsten har ett problem. Försök igen om några minuter.",
    },
    failed: {
      title: "Inloggningen misslyckades",
      message:
        "Inloggningstjänsten godtog inte programmets begäran. Den som utvecklar det kan säga vad som måste ändras.",
    },
    otherIssuer: {
      title: "Inloggningen stoppades",
      message: "Svaret kom inte från den inloggningstjänst som tillfrågades.",
    },
    answerInAddress: {
      title: "Inloggningen stoppades",
      message: "Inloggningstjänsten skickade sitt svar i sidans adress, vilket inte är säkert.",
    },
    notRedeemed: {
      title: "Inloggningen fungerade inte",
      message:
        "Ditt program kunde inte slutföra inloggningen. Gå tillbaka till det för att se vad du kan göra.",
    },
    alreadyComplete: {
      title: "Du är redan inloggad",
      message: "Den här inloggningen är klar. Du kan stänga fliken och gå tillbaka till ditt program.",
    },
    tooLate: {
      title: "För sent för den här inloggningen",
      message: "Ditt program väntade på dig, men inte så här länge. Börja om inloggningen därifrån.",
    },
    ended: {
      title: "Den här inloggningen är avslutad",
      message:
        "Gå tillbaka till ditt program för att se hur den slutade, och börja om därifrån om det behövs.",
    },
    linkUsed: {
      title: "Den här länken har redan använts",
      message:
        "En inloggningslänk fungerar en gång. Om ingen annan flik visar inloggningssidan börjar du om från ditt program.",
    },
  },
  notes: {
    close: "Du kan stänga den här fliken.",
    origin: "Den här sidan kommer från ett program på den här datorn.",
    originOf: "Den här sidan kommer från {application} på den här datorn.",
    details: "Information för den som hjälper dig",
  },
};
