import type { PageWords } from "../page-words.ts";

export const zhHant: PageWords = {
  pages: {
    complete: {
      title: "登入完成",
      message: "您可以關閉此分頁，返回應用程式。",
    },
    waiting: {
      title: "正在等待登入",
      message: "應用程式正在等待您登入。請在另一個分頁中繼續。",
    },
    endUnknown: {
      title: "請返回應用程式",
      message: "您在瀏覽器中的操作已完成，應用程式仍在完成登入。",
    },
    cancelled: {
      title: "登入已取消",
      message: "您取消了登入。準備好後，請從應用程式重新開始。",
    },
    stoppedByApplication: {
      title: "登入已取消",
      message: "應用程式已停止此次登入。未做任何變更。",
    },
    refused: {
      title: "登入遭拒",
      message: "權限遭到拒絕，或者必須先由系統管理員授與。",
    },
    blocked: {
      title: "登入遭封鎖",
      message: "您組織的原則不允許此次登入。",
    },
    personNeeded: {
      title: "登入需要您的操作",
      message: "登入服務需要詢問您，但應用程式不允許。",
    },
    busy: {
      title: "目前無法登入",
      message: "登入服務發生問題。請過幾分鐘再試一次。",
    },
    failed: {
      title: "登入失敗",
      message: "登入服務未接受應用程式的要求。應用程式的開發人員可以說明需要變更什麼。",
    },
    otherIssuer: {
      title: "登入已停止",
      message: "回應並非來自所要求的登入服務。",
    },
    answerInAddress: {
      title: "登入已停止",
      message: "登入服務在頁面網址中傳送了回應，這並不安全。",
    },
    notRedeemed: {
      title: "登入未成功",
      message: "應用程式無法完成此次登入。請返回應用程式查看該怎麼做。",
    },
    alreadyComplete: {
      title: "您已經登入",
      message: "此次登入已完成。您可以關閉此分頁，返回應用程式。",
    },
    tooLate: {
      title: "此次登入已逾時",
      message: "應用程式等過您，但時間已到。請從應用程式重新開始登入。",
    },
    ended: {
      title: "此次登入已結束",
      message: "請返回應用程式查看結果，如有需要，請從那裡重新開始。",
    },
    linkUsed: {
      title: "此連結已使用過",
      message: "登入連結只能使用一次。如果其他分頁沒有顯示登入頁面，請從應用程式重新開始。",
    },
  },
  notes: {
    close: "您可以關閉此分頁。",
    origin: "此頁面來自這部電腦上的應用程式。",
    originOf: "此頁面來自這部電腦上的 {application}。",
    details: "供協助您的人參考的詳細資料",
  },
};
