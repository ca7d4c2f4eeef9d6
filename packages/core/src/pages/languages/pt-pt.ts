import type { PageWords } from "../page-words.ts";

export const ptPT: PageWords = {
  pages: {
    complete: {
      title: "Início de sessão concluído",
      message: "Pode fechar este separador e voltar à sua aplicação.",
    },
    waiting: {
      title: "À espera do início de sessão",
      message: "A sua aplicação está à espera de que inicie sessão. Continue no outro separador.",
    },
    endUnknown: {
      title: "De volta à sua aplicação",
      message: "A sua parte no browser está feita; a sua aplicação ainda está a concluir o início de sessão.",
    },
    cancelled: {
      title: "Início de sessão cancelado",
      message: "Cancelou o início de sessão. Recomece na sua aplicação quando quiser.",
    },
    stoppedByApplication: {
      title: "Início de sessão cancelado",
      message: "A sua aplicação parou este início de sessão. Nada foi alterado.",
    },
    refused: {
      title: "Início de sessão recusado",
      message: "As permissões foram recusadas, ou um administrador tem de as conceder primeiro.",
    },
    blocked: {
      title: "Início de sessão bloqueado",
      message: "Uma política da sua organização não permite este início de sessão.",
    },
    personNeeded: {
      title: "O início de sessão precisa de si",
      message: "O serviço de início de sessão tem de lhe perguntar algo, mas a sua aplicação não o permitiu.",
    },
    busy: {
      title: "De momento não é possível iniciar sessão",
      message: "O serviço de início de sessão tem um problema. Tente novamente dentro de alguns minutos.",
    },
    failed: {
      title: "Falha no início de sessão",
      message:
        "O serviço de início de sessão não aceitou o pedido da sua aplicação. Quem a desenvolve pode dizer o que mudar.",
    },
    otherIssuer: {
      title: "Início de sessão parado",
      message: "A resposta não veio do serviço de início de sessão que foi consultado.",
    },
    answerInAddress: {
      title: "Início de sessão parado",
      message: "O serviço de início de sessão enviou a resposta no endereço da página, o que não é seguro.",
    },
    notRedeemed: {
      title: "O início de sessão não resultou",
      message:
        "A sua aplicação não conseguiu concluir este início de sessão. Volte a ela para ver o que fazer.",
    },
    alreadyComplete: {
      title: "Já iniciou sessão",
      message: "Este início de sessão está concluído. Pode fechar este separador e voltar à sua aplicação.",
    },
    tooLate: {
      title: "Demasiado tarde para este início de sessão",
      message:
        "A sua aplicação esperou por si, mas não tanto tempo. Recomece o início de sessão a partir dela.",
    },
    ended: {
      title: "Este início de sessão terminou",
      message: "Volte à sua aplicação para ver como terminou e, se for preciso, recomece a partir dela.",
    },
    linkUsed: {
      title: "Esta ligação já foi usada",
      message:
        "Uma ligação de início de sessão funciona uma vez. Se nenhum outro separador mostrar a página de início de sessão, recomece na sua aplicação.",
    },
  },
  notes: {
    close: "Pode fechar este separador.",
    origin: "Esta página vem de uma aplicação neste computador.",
    originOf: "Esta página vem de {application} neste computador.",
    details: "Detalhes para quem o ajudar",
  },
};
