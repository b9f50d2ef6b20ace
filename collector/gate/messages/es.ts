/** The banner's own words in Spanish. */
import type { BannerWords } from "../../../schema/banner-words.ts";

export const es: BannerWords = {
	label: "Opciones de privacidad",
	accept: "Aceptar",
	decline: "Rechazar",
	withdraw: "Retirar",
	choose: "Elegir finalidades",
	save: "Guardar",
	close: "Cerrar",
	mine: "Mis datos",
	erase: "Borrar también mis datos",
	granted: "Ha aceptado",
	refused: "Ha dicho que no. No se mide nada.",
	silenced: "Su navegador pide que no se le mida. Se respeta: no se mide nada.",
	thanks: "Gracias. Su elección se ha guardado y puede cambiarla cuando quiera.",
	changed: "Novedades desde su última respuesta",
	contact: "Preguntas",
	more: "Leer toda la política de privacidad",
	purposes: {
		performance: ["Rendimiento", "Con qué rapidez aparecen y responden las páginas."],
		visits: ["Visitas", "Qué páginas ve, cuánto tiempo y cómo continúa."],
		interactions: ["Uso de las páginas", "Clics, desplazamiento y formularios. Nunca lo que escribe."],
	},
};
