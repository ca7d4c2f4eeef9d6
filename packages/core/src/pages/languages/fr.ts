import type { PageWords } from "../page-words.ts";

export const fr: PageWords = {
  pages: {
    complete: {
      title: "Connexion terminée",
      message: "Vous pouvez fermer cet onglet et revenir à votre application.",
    },
    waiting: {
      title: "En attente de la connexion",
      message: "Votre application attend que vous vous connectiez. Continuez dans l’autre onglet.",
    },
    endUnknown: {
      title: "Retour à votre application",
      message: "Votre partie dans le navigateur est terminée ; votre application achève la connexion.",
    },
    cancelled: {
      title: "Connexion annulée",
      message: "Vous avez annulé la connexion. Relancez-la depuis votre application quand vous serez prêt.",
    },
    stoppedByApplication: {
      title: "Connexion annulée",
      message: "Votre application a arrêté cette connexion. Rien n’a été modifié.",
    },
    refused: {
      title: "Connexion refusée",
      message: "Des autorisations ont été refusées, ou un administrateur doit d’abord les accorder.",
    },
    blocked: {
      title: "Connexion bloquée",
      message: "Une stratégie de votre organisation n’autorise pas cette connexion.",
    },
    personNeeded: {
      title: "La connexion a besoin de vous",
      message:
        "Le service de connexion doit vous demander quelque chose, mais votre application ne l’a pas permis.",
    },
    busy: {
      title: "Connexion impossible pour le moment",
      message: "Le service de connexion rencontre un problème. Réessayez dans quelques minutes.",
    },
    failed: {
      title: "Échec de la connexion",
      message:
        "Le service de connexion n’a pas accepté la demande de votre application. Son développeur peut dire ce qu’il faut changer.",
    },
    otherIssuer: {
      title: "Connexion arrêtée",
      message: "La réponse ne venait pas du service de connexion qui a été interrogé.",
    },
    answerInAddress: {
      title: "Connexion arrêtée",
      message: "Le service de connexion a envoyé sa réponse dans l’adresse de la page, ce qui n’est pas sûr.",
    },
    notRedeemed: {
      title: "La connexion n’a pas abouti",
      message:
        "Votre application n’a pas pu terminer cette connexion. Revenez-y pour voir ce qu’il faut faire.",
    },
    alreadyComplete: {
      title: "Vous êtes déjà connecté",
      message: "Cette connexion est terminée. Vous pouvez fermer cet onglet et revenir à votre application.",
    },
    tooLate: {
      title: "Trop tard pour cette connexion",
      message:
        "Votre application vous a attendu, mais pas aussi longtemps. Relancez la connexion depuis celle-ci.",
    },
    ended: {
      title: "Cette connexion est close",
      message:
        "Revenez à votre application pour voir comment elle s’est terminée, et recommencez de là si besoin.",
    },
    linkUsed: {
      title: "Ce lien a déjà servi",
      message:
        "Un lien de connexion ne sert qu’une fois. Si aucun autre onglet n’affiche la page de connexion, recommencez depuis votre application.",
    },
  },
  notes: {
    close: "Vous pouvez fermer cet onglet.",
    origin: "Cette page vient d’une application sur cet ordinateur.",
    originOf: "Cette page vient de {application} sur cet ordinateur.",
    details: "Détails pour la personne qui vous aide",
  },
};
