import type { PageWords } from "../page-words.ts";

export const pl: PageWords = {
  pages: {
    complete: {
      title: "Logowanie zakończone",
      message: "Możesz zamknąć tę kartę i wrócić do aplikacji.",
    },
    waiting: {
      title: "Oczekiwanie na logowanie",
      message: "Aplikacja czeka, aż się zalogujesz. Kontynuuj na drugiej karcie.",
    },
    endUnknown: {
      title: "Wróć do aplikacji",
      message: "Twoja część w przeglądarce jest gotowa; aplikacja kończy jeszcze logowanie.",
    },
    cancelled: {
      title: "Logowanie anulowane",
      message: "Logowanie zostało przez Ciebie anulowane. Zacznij ponownie w aplikacji, gdy zechcesz.",
    },
    stoppedByApplication: {
      title: "Logowanie anulowane",
      message: "Aplikacja zatrzymała to logowanie. Nic nie zostało zmienione.",
    },
    refused: {
      title: "Odmowa logowania",
      message: "Odmówiono uprawnień albo administrator musi ich najpierw udzielić.",
    },
    blocked: {
      title: "Logowanie zablokowane",
      message: "Zasady Twojej organizacji nie pozwalają na to logowanie.",
    },
    personNeeded: {
      title: "Logowanie wymaga Twojej uwagi",
      message: "Usługa logowania musi Cię o coś zapytać, ale aplikacja na to nie pozwoliła.",
    },
    busy: {
      title: "Logowanie nie jest teraz możliwe",
      message: "Usługa logowania ma problem. Spróbuj ponownie za kilka minut.",
    },
    failed: {
      title: "Logowanie nie powiodło się",
      message:
        "Usługa logowania nie przyjęła żądania aplikacji. Jej twórca może powiedzieć, co trzeba zmienić.",
    },
    otherIssuer: {
      title: "Logowanie zatrzymane",
      message: "Odpowiedź nie przyszła z usługi logowania, o którą pytano.",
    },
    answerInAddress: {
      title: "Logowanie zatrzymane",
      message: "Usługa logowania przesłała odpowiedź w adresie strony, co nie jest bezpieczne.",
    },
    notRedeemed: {
      title: "Logowanie się nie udało",
      message: "Aplikacja nie mogła dokończyć tego logowania. Wróć do niej, aby zobaczyć, co zrobić.",
    },
    alreadyComplete: {
      title: "Jesteś już po zalogowaniu",
      message: "To logowanie jest zakończone. Możesz zamknąć tę kartę i wrócić do aplikacji.",
    },
    tooLate: {
      title: "Za późno na to logowanie",
      message: "Aplikacja czekała na Ciebie, ale nie aż tak długo. Zacznij tam logowanie od nowa.",
    },
    ended: {
      title: "To logowanie dobiegło końca",
      message: "Wróć do aplikacji, aby zobaczyć, jak się skończyło, i w razie potrzeby zacznij tam od nowa.",
    },
    linkUsed: {
      title: "Ten link został już użyty",
      message:
        "Link do logowania działa raz. Jeśli żadna inna karta nie pokazuje strony logowania, zacznij od nowa w aplikacji.",
    },
  },
  notes: {
    close: "Możesz zamknąć tę kartę.",
    origin: "Ta strona pochodzi z aplikacji na tym komputerze.",
    originOf: "Ta strona pochodzi z aplikacji {application} na tym komputerze.",
    details: "Szczegóły dla osoby, która Ci pomaga",
  },
};
