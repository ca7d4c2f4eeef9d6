import type { PageWords } from "../page-words.ts";

export const hu: PageWords = {
  pages: {
    complete: {
      title: "A bejelentkezés kész",
      message: "Bezárhatja ezt a lapot, és visszatérhet az alkalmazáshoz.",
    },
    waiting: {
      title: "Várakozás a bejelentkezésre",
      message: "Az alkalmazás arra vár, hogy bejelentkezzen. Folytassa a másik lapon.",
    },
    endUnknown: {
      title: "Vissza az alkalmazáshoz",
      message: "Az Ön része a böngészőben kész; az alkalmazás még befejezi a bejelentkezést.",
    },
    cancelled: {
      title: "A bejelentkezés megszakítva",
      message: "Ön megszakította a bejelentkezést. Ha készen áll, kezdje újra az alkalmazásból.",
    },
    stoppedByApplication: {
      title: "A bejelentkezés megszakítva",
      message: "Az alkalmazás leállította ezt a bejelentkezést. Semmi sem változott.",
    },
    refused: {
      title: "A bejelentkezés elutasítva",
      message: "Az engedélyeket elutasították, vagy előbb egy rendszergazdának kell megadnia őket.",
    },
    blocked: {
      title: "A bejelentkezés letiltva",
      message: "A szervezet egyik házirendje nem engedi ezt a bejelentkezést.",
    },
    personNeeded: {
      title: "A bejelentkezéshez Önre van szükség",
      message: "A bejelentkezési szolgáltatásnak kérdeznie kell valamit, de az alkalmazás ezt nem engedte.",
    },
    busy: {
      title: "A bejelentkezés most nem lehetséges",
      message: "A bejelentkezési szolgáltatás hibát észlelt. Próbálja újra néhány perc múlva.",
    },
    failed: {
      title: "A bejelentkezés sikertelen",
      message:
        "A bejelentkezési szolgáltatás nem fogadta el az alkalmazás kérését. A fejlesztő meg tudja mondani, mit kell módosítani.",
    },
    otherIssuer: {
      title: "A bejelentkezés leállítva",
      message: "A válasz nem attól a bejelentkezési szolgáltatástól jött, amelyet megkérdeztek.",
    },
    answerInAddress: {
      title: "A bejelentkezés leállítva",
      message: "A bejelentkezési szolgáltatás a lap címében küldte a választ, ami nem biztonságos.",
    },
    notRedeemed: {
      title: "A bejelentkezés nem sikerült",
      message:
        "Az alkalmazás nem tudta befejezni ezt a bejelentkezést. Térjen vissza hozzá, és nézze meg, mit tehet.",
    },
    alreadyComplete: {
      title: "Ön már bejelentkezett",
      message: "Ez a bejelentkezés kész. Bezárhatja ezt a lapot, és visszatérhet az alkalmazáshoz.",
    },
    tooLate: {
      title: "Ehhez a bejelentkezéshez késő van",
      message: "Az alkalmazás várt Önre, de nem ilyen sokáig. Kezdje újra onnan a bejelentkezést.",
    },
    ended: {
      title: "Ez a bejelentkezés véget ért",
      message:
        "Térjen vissza az alkalmazáshoz, nézze meg, hogyan ért véget, és szükség esetén kezdje újra onnan.",
    },
    linkUsed: {
      title: "Ezt a hivatkozást már használták",
      message:
        "Egy bejelentkezési hivatkozás egyszer működik. Ha másik lap nem mutatja a bejelentkezési oldalt, kezdje újra az alkalmazásból.",
    },
  },
  notes: {
    close: "Bezárhatja ezt a lapot.",
    origin: "Ez a lap egy ezen a számítógépen futó alkalmazástól származik.",
    originOf: "Ez a lap innen származik: {application}, ezen a számítógépen.",
    details: "Részletek annak, aki Önnek segít",
  },
};
