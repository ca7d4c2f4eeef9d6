import type { PageWords } from "../page-words.ts";

export const zhHans: PageWords = {
  pages: {
    complete: {
      title: "登录完成",
      message: "可以关闭此标签页，返回应用程序。",
    },
    waiting: {
      title: "正在等待登录",
      message: "应用程序正在等待您登录。请在另一个标签页中继续。",
    },
    endUnknown: {
      title: "请返回应用程序",
      message: "您在浏览器中的操作已完成，应用程序仍在完成登录。",
    },
    cancelled: {
      title: "登录已取消",
      message: "您取消了登录。准备好后，请从应用程序重新开始。",
    },
    stoppedByApplication: {
      title: "登录已取消",
      message: "应用程序已停止此次登录。未做任何更改。",
    },
    refused: {
      title: "登录被拒绝",
      message: "权限被拒绝，或者需要先由管理员授予。",
    },
    blocked: {
      title: "登录被阻止",
      message: "您所在组织的策略不允许此次登录。",
    },
    personNeeded: {
      title: "登录需要您的操作",
      message: "登录服务需要询问您，但应用程序不允许这样做。",
    },
    busy: {
      title: "目前无法登录",
      message: "登录服务出现问题。请过几分钟再试。",
    },
    failed: {
      title: "登录失败",
      message: "登录服务未接受应用程序的请求。应用程序的开发者可以说明需要更改什么。",
    },
    otherIssuer: {
      title: "登录已停止",
      message: "答复并非来自所请求的登录服务。",
    },
    answerInAddress: {
      title: "登录已停止",
      message: "登录服务在页面地址中发送了答复，这不安全。",
    },
    notRedeemed: {
      title: "登录未成功",
      message: "应用程序无法完成此次登录。请返回应用程序查看该怎么做。",
    },
    alreadyComplete: {
      title: "您已登录",
      message: "此次登录已完成。可以关闭此标签页，返回应用程序。",
    },
    tooLate: {
      title: "此次登录已超时",
      message: "应用程序等过您，但时间已到。请从应用程序重新开始登录。",
    },
    ended: {
      title: "此次登录已结束",
      message: "请返回应用程序查看结果，如有需要，请从那里重新开始。",
    },
    linkUsed: {
      title: "此链接已被使用",
      message: "登录链接只能使用一次。如果其他标签页没有显示登录页面，请从应用程序重新开始。",
    },
  },
  notes: {
    close: "可以关闭此标签页。",
    origin: "此页面来自这台计算机上的应用程序。",
    originOf: "此页面来自这台计算机上的 {application}。",
    details: "供帮助您的人参考的详细信息",
  },
};
