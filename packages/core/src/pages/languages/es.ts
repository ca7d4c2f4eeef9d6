import type { PageWords } from "../page-words.ts";

export const es: PageWords = {
  pages: {
    complete: {
      title: "Inicio de sesión completado",
      message: "Puede cerrar esta pestaña y volver a su aplicación.",
    },
    waiting: {
      title: "Esperando el inicio de sesión",
      message: "Su aplicación espera a que inicie sesión. Continúe en la otra pestaña.",
    },
    endUnknown: {
      title: "De vuelta a su aplicación",
      message:
        "Su parte en el navegador ha terminado; su aplicación todavía está completando el inicio de sesión.",
    },
    cancelled: {
      title: "Inicio de sesión cancelado",
      message: "Ha cancelado el inicio de sesión. Vuelva a empezar desde su aplicación cuando quiera.",
    },
    stoppedByApplication: {
      title: "Inicio de sesión cancelado",
      message: "Su aplicación ha detenido este inicio de sesión. No se ha cambiado nada.",
    },
    refused: {
      title: "Inicio de sesión rechazado",
      message: "Se rechazaron los permisos, o un administrador tiene que concederlos antes.",
    },
    blocked: {
      title: "Inicio de sesión bloqueado",
      message: "Una directiva de su organización no permite este inicio de sesión.",
    },
    personNeeded: {
      title: "El inicio de sesión le necesita",
      message: "El servicio de inicio de sesión tiene que preguntarle algo, y su aplicación no lo permitió.",
    },
    busy: {
      title: "Ahora no es posible iniciar sesión",
      message: "El servicio de inicio de sesión tiene un problema. Inténtelo de nuevo en unos minutos.",
    },
    failed: {
      title: "Error al iniciar sesión",
      message:
        "El servicio de inicio de sesión no aceptó la solicitud de su aplicación. Quien la desarrolla puede decir qué hay que cambiar.",
    },
    otherIssuer: {
      title: "Inicio de sesión detenido",
      message: "La respuesta no vino del servicio de inicio de sesión al que se preguntó.",
    },
    answerInAddress: {
      title: "Inicio de sesión detenido",
      message:
        "El servicio de inicio de sesión envió su respuesta en la dirección de la página, y eso no es seguro.",
    },
    notRedeemed: {
      title: "El inicio de sesión no funcionó",
      message: "Su aplicación no pudo completar este inicio de sesión. Vuelva a ella para ver qué hacer.",
    },
    alreadyComplete: {
      title: "Ya ha iniciado sesión",
      message: "Este inicio de sesión está completo. Puede cerrar esta pestaña y volver a su aplicación.",
    },
    tooLate: {
      title: "Demasiado tarde para este inicio de sesión",
      message: "Su aplicación le esperó, pero no tanto tiempo. Vuelva a iniciar sesión desde ella.",
    },
    ended: {
      title: "Este inicio de sesión ha terminado",
      message: "Vuelva a su aplicación para ver cómo terminó y empiece de nuevo desde ella si hace falta.",
    },
    linkUsed: {
      title: "Este enlace ya se usó",
      message:
        "Un enlace de inicio de sesión sirve una vez. Si ninguna otra pestaña muestra la página de inicio de sesión, empiece de nuevo desde su aplicación.",
    },
  },
  notes: {
    close: "Puede cerrar esta pestaña.",
    origin: "Esta página viene de una aplicación de este equipo.",
    originOf: "Esta página viene de {application}, en este equipo.",
    details: "Detalles para quien le ayude",
  },
};
