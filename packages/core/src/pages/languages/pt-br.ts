import type { PageWords } from "../page-words.ts";

export const ptBR: PageWords = {
  pages: {
    complete: {
      title: "Login concluído",
      message: "Você pode fechar esta guia e voltar ao seu aplicativo.",
    },
    waiting: {
      title: "Aguardando o login",
      message: "Seu aplicativo está esperando você entrar. Continue na outra guia.",
    },
    endUnknown: {
      title: "De volta ao seu aplicativo",
      message: "Sua parte no navegador terminou; seu aplicativo ainda está concluindo o login.",
    },
    cancelled: {
      title: "Login cancelado",
      message: "Você cancelou o login. Comece de novo no seu aplicativo quando quiser.",
    },
    stoppedByApplication: {
      title: "Login cancelado",
      message: "Seu aplicativo interrompeu este login. Nada foi alterado.",
    },
    refused: {
      title: "Login recusado",
      message: "As permissões foram recusadas, ou um administrador precisa concedê-las antes.",
    },
    blocked: {
      title: "Login bloqueado",
      message: "Uma política da sua organização não permite este login.",
    },
    personNeeded: {
      title: "O login precisa de você",
      message: "O serviço de login precisa perguntar algo a você, mas seu aplicativo não permitiu.",
    },
    busy: {
      title: "Não é possível entrar agora",
      message: "O serviço de login está com um problema. Tente de novo em alguns minutos.",
    },
    failed: {
      title: "Falha no login",
      message:
        "O serviço de login não aceitou a solicitação do seu aplicativo. Quem o desenvolve pode dizer o que mudar.",
    },
    otherIssuer: {
      title: "Login interrompido",
      message: "A resposta não veio do serviço de login que foi consultado.",
    },
    answerInAddress: {
      title: "Login interrompido",
      message: "O serviço de login enviou a resposta no endereço da página, o que não é seguro.",
    },
    notRedeemed: {
      title: "O login não deu certo",
      message: "Seu aplicativo não conseguiu concluir este login. Volte a ele para ver o que fazer.",
    },
    alreadyComplete: {
      title: "Você já entrou",
      message: "Este login está concluído. Você pode fechar esta guia e voltar ao seu aplicativo.",
    },
    tooLate: {
      title: "Tarde demais para este login",
      message: "Seu aplicativo esperou por você, mas não tanto tempo. Comece o login de novo por lá.",
    },
    ended: {
      title: "Este login terminou",
      message: "Volte ao seu aplicativo para ver como terminou e, se precisar, comece de novo por lá.",
    },
    linkUsed: {
      title: "Este link já foi usado",
      message:
        "Um link de login funciona uma vez. Se nenhuma outra guia mostra a página de login, comece de novo no seu aplicativo.",
    },
  },
  notes: {
    close: "Você pode fechar esta guia.",
    origin: "Esta página vem de um aplicativo neste computador.",
    originOf: "Esta página vem de {application} neste computador.",
    details: "Detalhes para quem ajudar você",
  },
};
