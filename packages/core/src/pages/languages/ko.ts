import type { PageWords } from "../page-words.ts";

export const ko: PageWords = {
  pages: {
    complete: {
      title: "로그인이 완료되었습니다",
      message: "이 탭을 닫고 애플리케이션으로 돌아가세요.",
    },
    waiting: {
      title: "로그인을 기다리는 중",
      message: "애플리케이션이 로그인을 기다리고 있습니다. 다른 탭에서 계속하세요.",
    },
    endUnknown: {
      title: "애플리케이션으로 돌아가세요",
      message: "브라우저에서 할 일은 끝났으며, 애플리케이션이 로그인을 마무리하고 있습니다.",
    },
    cancelled: {
      title: "로그인이 취소되었습니다",
      message: "로그인을 취소했습니다. 준비되면 애플리케이션에서 다시 시작하세요.",
    },
    stoppedByApplication: {
      title: "로그인이 취소되었습니다",
      message: "애플리케이션이 이 로그인을 중지했습니다. 변경된 것은 없습니다.",
    },
    refused: {
      title: "로그인이 거부되었습니다",
      message: "권한이 거부되었거나 관리자가 먼저 권한을 부여해야 합니다.",
    },
    blocked: {
      title: "로그인이 차단되었습니다",
      message: "조직의 정책에서 이 로그인을 허용하지 않습니다.",
    },
    personNeeded: {
      title: "로그인에 확인이 필요합니다",
      message: "로그인 서비스가 물어볼 것이 있지만 애플리케이션이 허용하지 않았습니다.",
    },
    busy: {
      title: "지금은 로그인할 수 없습니다",
      message: "로그인 서비스에 문제가 있습니다. 몇 분 후에 다시 시도하세요.",
    },
    failed: {
      title: "로그인하지 못했습니다",
      message:
        "로그인 서비스가 애플리케이션의 요청을 받아들이지 않았습니다. 무엇을 바꿔야 하는지는 개발자가 알 수 있습니다.",
    },
    otherIssuer: {
      title: "로그인이 중지되었습니다",
      message: "요청한 로그인 서비스에서 온 응답이 아닙니다.",
    },
    answerInAddress: {
      title: "로그인이 중지되었습니다",
      message: "로그인 서비스가 페이지 주소로 응답을 보냈으며, 이는 안전하지 않습니다.",
    },
    notRedeemed: {
      title: "로그인이 되지 않았습니다",
      message: "애플리케이션이 이 로그인을 완료하지 못했습니다. 애플리케이션으로 돌아가 할 일을 확인하세요.",
    },
    alreadyComplete: {
      title: "이미 로그인되어 있습니다",
      message: "이 로그인은 완료되었습니다. 이 탭을 닫고 애플리케이션으로 돌아가세요.",
    },
    tooLate: {
      title: "이 로그인은 시간이 지났습니다",
      message: "애플리케이션이 기다렸지만 시간이 지났습니다. 애플리케이션에서 로그인을 다시 시작하세요.",
    },
    ended: {
      title: "이 로그인은 끝났습니다",
      message: "애플리케이션으로 돌아가 결과를 확인하고 필요하면 다시 시작하세요.",
    },
    linkUsed: {
      title: "이미 사용한 링크입니다",
      message:
        "로그인 링크는 한 번만 쓸 수 있습니다. 다른 탭에 로그인 페이지가 없으면 애플리케이션에서 다시 시작하세요.",
    },
  },
  notes: {
    close: "이 탭을 닫아도 됩니다.",
    origin: "이 페이지는 이 컴퓨터의 애플리케이션에서 표시한 것입니다.",
    originOf: "이 페이지는 이 컴퓨터의 {application}에서 표시한 것입니다.",
    details: "도움을 주는 분을 위한 세부 정보",
  },
};
