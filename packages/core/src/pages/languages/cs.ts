import type { PageWords } from "../page-words.ts";

export const cs: PageWords = {
  pages: {
    complete: {
      title: "Přihlášení dokončeno",
      message: "Tuto kartu můžete zavřít a vrátit se do své aplikace.",
    },
    waiting: {
      title: "Čeká se na přihlášení",
      message: "Vaše aplikace čeká, až se přihlásíte. Pokračujte na druhé kartě.",
    },
    endUnknown: {
      title: "Zpět do aplikace",
      message: "Vaše část v prohlížeči je hotová; aplikace přihlášení ještě dokončuje.",
    },
    cancelled: {
      title: "Přihlášení bylo zrušeno",
      message: "Přihlášení jste zrušili. Až budete chtít, začněte znovu ve své aplikaci.",
    },
    stoppedByApplication: {
      title: "Přihlášení bylo zrušeno",
      message: "Vaše aplikace toto přihlášení zastavila. Nic se nezměnilo.",
    },
    refused: {
      title: "Přihlášení bylo odmítnuto",
      message: "Oprávnění byla odmítnuta, nebo je musí nejdřív udělit správce.",
    },
    blocked: {
      title: "Přihlášení bylo zablokováno",
      message: "Zásady vaší organizace toto přihlášení nedovolují.",
    },
    personNeeded: {
      title: "Přihlášení vás potřebuje",
      message: "Přihlašovací služba se vás musí na něco zeptat, ale vaše aplikace to nedovolila.",
    },
    busy: {
      title: "Přihlášení teď není možné",
      message: "Přihlašovací služba má potíže. Zkuste to znovu za několik minut.",
    },
    failed: {
      title: "Přihlášení se nezdařilo",
      message:
        "Přihlašovací služba nepřijala požadavek vaší aplikace. Její vývojář může říct, co je třeba změnit.",
    },
    otherIssuer: {
      title: "Přihlášení bylo zastaveno",
      message: "Odpověď nepřišla od přihlašovací služby, která byla dotázána.",
    },
    answerInAddress: {
      title: "Přihlášení bylo zastaveno",
      message: "Přihlašovací služba poslala odpověď v adrese stránky, což není bezpečné.",
    },
    notRedeemed: {
      title: "Přihlášení se nepovedlo",
      message: "Vaše aplikace nemohla toto přihlášení dokončit. Vraťte se do ní a zjistěte, co dělat.",
    },
    alreadyComplete: {
      title: "Už jste přihlášeni",
      message: "Toto přihlášení je dokončené. Tuto kartu můžete zavřít a vrátit se do své aplikace.",
    },
    tooLate: {
      title: "Na toto přihlášení je pozdě",
      message: "Vaše aplikace na vás čekala, ale ne tak dlouho. Začněte přihlášení znovu v ní.",
    },
    ended: {
      title: "Toto přihlášení skončilo",
      message: "Vraťte se do aplikace a podívejte se, jak skončilo; podle potřeby tam začněte znovu.",
    },
    linkUsed: {
      title: "Tento odkaz už byl použit",
      message:
        "Přihlašovací odkaz funguje jednou. Pokud přihlašovací stránku neukazuje jiná karta, začněte znovu ve své aplikaci.",
    },
  },
  notes: {
    close: "Tuto kartu můžete zavřít.",
    origin: "Tato stránka pochází z aplikace v tomto počítači.",
    originOf: "Tato stránka pochází z aplikace {application} v tomto počítači.",
    details: "Podrobnosti pro toho, kdo vám pomáhá",
  },
};
