import type { PageWords } from "../page-words.ts";

export const tr: PageWords = {
  pages: {
    complete: {
      title: "Oturum açma tamamlandı",
      message: "Bu sekmeyi kapatıp uygulamanıza dönebilirsiniz.",
    },
    waiting: {
      title: "Oturum açmanız bekleniyor",
      message: "Uygulamanız oturum açmanızı bekliyor. Diğer sekmede devam edin.",
    },
    endUnknown: {
      title: "Uygulamanıza dönün",
      message: "Tarayıcıdaki bölümünüz bitti; uygulamanız oturum açmayı tamamlıyor.",
    },
    cancelled: {
      title: "Oturum açma iptal edildi",
      message: "Oturum açmayı iptal ettiniz. Hazır olduğunuzda uygulamanızdan yeniden başlatın.",
    },
    stoppedByApplication: {
      title: "Oturum açma iptal edildi",
      message: "Uygulamanız bu oturum açmayı durdurdu. Hiçbir şey değiştirilmedi.",
    },
    refused: {
      title: "Oturum açma reddedildi",
      message: "İzinler reddedildi ya da önce bir yöneticinin izin vermesi gerekiyor.",
    },
    blocked: {
      title: "Oturum açma engellendi",
      message: "Kuruluşunuzun bir ilkesi bu oturum açmaya izin vermiyor.",
    },
    personNeeded: {
      title: "Oturum açmak için size ihtiyaç var",
      message: "Oturum açma hizmetinin size bir şey sorması gerekiyor, ama uygulamanız buna izin vermedi.",
    },
    busy: {
      title: "Şu anda oturum açılamıyor",
      message: "Oturum açma hizmetinde bir sorun var. Birkaç dakika sonra yeniden deneyin.",
    },
    failed: {
      title: "Oturum açılamadı",
      message:
        "Oturum açma hizmeti uygulamanızın isteğini kabul etmedi. Neyin değişmesi gerektiğini geliştiricisi söyleyebilir.",
    },
    otherIssuer: {
      title: "Oturum açma durduruldu",
      message: "Yanıt, sorulan oturum açma hizmetinden gelmedi.",
    },
    answerInAddress: {
      title: "Oturum açma durduruldu",
      message: "Oturum açma hizmeti yanıtını sayfanın adresinde gönderdi; bu güvenli değil.",
    },
    notRedeemed: {
      title: "Oturum açma işe yaramadı",
      message: "Uygulamanız bu oturum açmayı tamamlayamadı. Ne yapılacağını görmek için uygulamanıza dönün.",
    },
    alreadyComplete: {
      title: "Zaten oturum açtınız",
      message: "Bu oturum açma tamamlandı. Bu sekmeyi kapatıp uygulamanıza dönebilirsiniz.",
    },
    tooLate: {
      title: "Bu oturum açma için çok geç",
      message: "Uygulamanız sizi bekledi, ama bu kadar uzun değil. Oturum açmayı oradan yeniden başlatın.",
    },
    ended: {
      title: "Bu oturum açma sona erdi",
      message: "Nasıl bittiğini görmek için uygulamanıza dönün ve gerekirse oradan yeniden başlayın.",
    },
    linkUsed: {
      title: "Bu bağlantı zaten kullanıldı",
      message:
        "Bir oturum açma bağlantısı bir kez çalışır. Başka hiçbir sekmede oturum açma sayfası yoksa uygulamanızdan yeniden başlayın.",
    },
  },
  notes: {
    close: "Bu sekmeyi kapatabilirsiniz.",
    origin: "Bu sayfa bu bilgisayardaki bir uygulamadan geliyor.",
    originOf: "Bu sayfa bu bilgisayardaki şu uygulamadan geliyor: {application}.",
    details: "Size yardım eden kişi için ayrıntılar",
  },
};
